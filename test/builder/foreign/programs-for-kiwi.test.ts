import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { programsForKiwi } from '../../../src/builder/foreign/programs-for-kiwi.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { runOk } from '../../../src/platform/process/command.ts';

test('the first debootstrap in the PATH is one that names the architecture, and passes on all that KIWI says', async () => {
  await using directory = await temporaryDirectory('recon-debootstrap-');
  const place = join(directory.path, 'programs');
  const path = await programsForKiwi('arm64', place);
  const environment = { PATH: path };
  const found = await runOk(['sh', '-c', 'command -v debootstrap'], { timeoutMs: 60_000, environment });
  assert.equal(found, join(place, 'debootstrap'));
  assert.equal((await stat(found)).mode & 0o777, 0o755);
  const text = (await readFile(found, 'utf8')).replace('exec /usr/sbin/debootstrap', 'exec printf "%s|"');
  const said = await runOk(['sh', '-c', text, 'debootstrap', '--variant=minbase', 'trixie', '/a root'], { timeoutMs: 60_000, environment });
  assert.equal(said, '--arch=arm64|--variant=minbase|trixie|/a root|');
});

test('the first chroot in the PATH leaves out the word that apt does not know, and nothing else', async () => {
  await using directory = await temporaryDirectory('recon-chroot-');
  const environment = { PATH: await programsForKiwi('arm64', directory.path) };
  const text = (await readFile(join(directory.path, 'chroot'), 'utf8')).replace('exec /usr/sbin/chroot', 'exec printf "%s|"');
  const say = (words: string[]) => runOk(['sh', '-c', text, 'chroot', ...words], { timeoutMs: 60_000, environment });
  assert.equal(
    await say(['/a root', 'apt-get', '-q', '-y', '_target_arch%aarch64', '--no-install-recommends', 'update']),
    '/a root|apt-get|-q|-y|--no-install-recommends|update|',
  );
  assert.equal(await say(['/root', 'sh', '-c', 'echo "$1" *', '']), '/root|sh|-c|echo "$1" *||');
});
