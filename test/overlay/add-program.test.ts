import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { exists, temporaryDirectory } from '../../src/platform/files/files.ts';
import { type CommandResult, run, runOk } from '../../src/platform/process/command.ts';

const HOOK = join(import.meta.dirname, '../../overlay/usr/lib/dracut/modules.d/99recon/add-program.sh');
const TIMEOUT = { timeoutMs: 60_000 };

/** The hook as dracut runs it, in mounts of its own, and what the live system then finds where its program is. */
async function pivot(directory: string): Promise<CommandResult> {
  const script =
    'die() { echo "died: $*"; exit 1; }; . "$1"; cat "$NEWROOT/usr/lib/recon/program/recon.cjs"; touch "$NEWROOT/usr/lib/recon/program/new"; true';
  return run(['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', HOOK], {
    ...TIMEOUT,
    environment: {
      NEWROOT: join(directory, 'sysroot'),
      recon_layer: join(directory, 'layer'),
      recon_kept: join(directory, 'run/recon/program.squashfs'),
      recon_words: join(directory, 'kmsg'),
    },
  });
}

async function isPossible(t: TestContext): Promise<boolean> {
  if (process.geteuid?.() !== 0) t.skip('needs root');
  else if ((await run(['mksquashfs', '-version'], TIMEOUT)).status === 'absent') t.skip('there is no mksquashfs on this host');
  else return true;
  return false;
}

test('what came behind the initrd is mounted in the live system, read-only, and leaves the initrd', async (t) => {
  if (!(await isPossible(t))) return;
  await using directory = await temporaryDirectory('recon-pivot-');
  const at = (name: string): string => join(directory.path, name);
  for (const folder of ['program', 'sysroot/usr/lib/recon/program']) await mkdir(at(folder), { recursive: true });
  await writeFile(at('program/recon.cjs'), 'our program');
  await runOk(['mksquashfs', at('program'), at('layer'), '-quiet', '-no-progress'], TIMEOUT);
  const result = await pivot(directory.path);
  assert.equal(result.stdout.toString('utf8'), 'our program');
  assert.match(result.stderr.toString('utf8'), /touch: .*Read-only file system/);
  assert.equal(await exists(at('layer')), false, 'its memory would be taken twice');
  assert.ok(await exists(at('run/recon/program.squashfs')), '/run stays when the root is changed');
});

for (const [what, content] of [
  ['nothing', undefined],
  ['half of it', 'hsqs'],
] as const)
  test(`with ${what} behind the initrd the machine stops there, and says why`, async (t) => {
    if (!(await isPossible(t))) return;
    await using directory = await temporaryDirectory('recon-pivot-');
    await mkdir(join(directory.path, 'sysroot/usr/lib/recon/program'), { recursive: true });
    if (content !== undefined) await writeFile(join(directory.path, 'layer'), content);
    const result = await pivot(directory.path);
    assert.match(result.stdout.toString('utf8'), /^died: recon: no program/);
    assert.match(await runOk(['cat', join(directory.path, 'kmsg')], TIMEOUT), /behind the initrd is not there, or damaged/);
  });
