import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { debootstrapFor } from '../../../src/builder/foreign/debootstrap-for.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { runOk } from '../../../src/platform/process/command.ts';

test('the first debootstrap in the PATH is one that names the architecture, and passes on all that KIWI says', async () => {
  await using directory = await temporaryDirectory('recon-debootstrap-');
  const place = join(directory.path, 'programs');
  const path = await debootstrapFor('arm64', place);
  const environment = { PATH: path };
  const found = await runOk(['sh', '-c', 'command -v debootstrap'], { timeoutMs: 60_000, environment });
  assert.equal(found, join(place, 'debootstrap'));
  assert.equal((await stat(found)).mode & 0o777, 0o755);
  const text = (await readFile(found, 'utf8')).replace('exec /usr/sbin/debootstrap', 'exec printf "%s|"');
  const said = await runOk(['sh', '-c', text, 'debootstrap', '--variant=minbase', 'trixie', '/a root'], { timeoutMs: 60_000, environment });
  assert.equal(said, '--arch=arm64|--variant=minbase|trixie|/a root|');
});
