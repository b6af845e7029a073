import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ExtractedFiles } from '../../../src/builder/image/extract.ts';
import { type BuildPaths, buildPaths } from '../../../src/builder/image/paths.ts';
import { verifyImage } from '../../../src/builder/verify/verify.ts';
import { ReconError } from '../../../src/domain/errors.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { run, runOk } from '../../../src/platform/process/command.ts';

const PROGRAMS = ['xorriso', 'mksquashfs', 'zstd', 'cpio'] as const;

test('an image with nothing in it that we need: every check that looks at it says so, and the build fails', async (t) => {
  if (process.geteuid?.() !== 0) return t.skip('mounting an image needs root');
  for (const program of PROGRAMS)
    if ((await run([program, '--version'], { timeoutMs: 60_000 })).status === 'absent')
      return t.skip(`there is no ${program} on this host`);
  await using directory = await temporaryDirectory('recon-verify-');
  const { paths, isoPath, files } = await emptyImage(directory.path);

  const error: unknown = await verifyImage({
    family: 'debian',
    architecture: 'x86_64',
    paths,
    isoPath,
    menuPath: 'boot/grub2/grub.cfg',
    files,
    secureBoot: undefined,
    budgets: { kernel: 0.001, initrd: 1, drivers: 0.000_01, rootImage: 0.000_1, isoWithoutData: 0.1 },
    dataSizeBytes: 0,
    say: () => {},
  }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof ReconError, String(error));
  assert.equal(error.code, 'verify-failed');
  assert.ok(error.hint?.includes(paths.log));
  for (const fault of [
    'the build log says: bin/x not found in the root tree',
    'the initrd lacks busybox',
    'the initrd holds a tool that assembles storage (usr/sbin/lvm)',
    'grub.cfg boots without rd.lvm=0',
    'systemd does not run in the image',
    'our own program does not run in the image',
    '/etc/systemd/system/swap.target is not masked',
    '/usr/lib/recon/guard-disk is missing',
    '/usr/share/recon/left-out-drivers does not name iwlwifi',
    '/lib is not a link to usr/lib any more',
    'the root image holds /LiveOS: the initrd would look for a file system in it',
    'the root image has no /proc',
    'the root image has 0.0 MB, and may have 0.0001 (budgetsMb in recipe.json); the largest in it, unpacked:',
    'the archive of rare drivers has 0.0 MB, and may have 0.00001 (budgetsMb in recipe.json); the largest in it, unpacked:',
    'the image lacks the driver megaraid_sas',
    'the ISO has no third partition of type 0x0c',
  ]) {
    assert.ok(error.message.includes(`\n  - ${fault}`), `"${fault}" is not in:\n${error.message}`);
  }
  assert.match(error.message, /- the ISO without its data partition has 0\.\d MB, and may have 0\.1 .*\n {6}0\.0 MB boot\/grub2\/…\n/);
  assert.doesNotMatch(error.message, /has no \/usr|boots no kernel/, 'what is right is not called wrong');
  const mounts = await runOk(['cat', '/proc/self/mounts'], { timeoutMs: 60_000 });
  assert.ok(!mounts.includes(directory.path), 'something is still mounted');
});

/** The smallest things that can be mounted where an image is expected. */
async function emptyImage(repository: string): Promise<{ paths: BuildPaths; isoPath: string; files: ExtractedFiles }> {
  const paths = buildPaths(repository, 'test');
  const at = (name: string): string => join(repository, name);
  await mkdir(paths.work, { recursive: true });
  await writeFile(paths.log, 'good\nbin/x not found in the root tree\n');
  await mkdir(join(paths.overlay, 'etc/systemd/system'), { recursive: true });
  await symlink('/dev/null', join(paths.overlay, 'etc/systemd/system/swap.target'));

  await mkdir(at('tree/usr/sbin'), { recursive: true });
  await writeFile(at('tree/usr/sbin/lvm'), '');
  await runOk(['cpio', '--quiet', '-o', '-H', 'newc', '-O', at('initrd.cpio')], {
    timeoutMs: 60_000,
    cwd: at('tree'),
    input: 'usr\nusr/sbin\nusr/sbin/lvm\n',
  });
  await runOk(['cpio', '--quiet', '-o', '-H', 'newc', '-O', at('drivers.cpio')], {
    timeoutMs: 60_000,
    cwd: at('tree'),
    input: 'usr\nusr/sbin\n',
  });
  await runOk(['xz', at('drivers.cpio')], { timeoutMs: 60_000 });
  await runOk(['zstd', '-q', at('initrd.cpio'), '-o', at('initrd')], { timeoutMs: 60_000 });

  await mkdir(at('tree/LiveOS'));
  await runOk(['mksquashfs', at('tree'), at('squashfs'), '-quiet', '-no-progress'], { timeoutMs: 60_000 });

  await writeFile(at('grub.cfg'), 'menuentry "x" {\n  linux /vmlinuz quiet\n}\n');
  const isoPath = at('test.iso');
  await runOk(['xorriso', '-outdev', isoPath, '-map', at('grub.cfg'), '/boot/grub2/grub.cfg', '-commit'], { timeoutMs: 60_000 });
  return {
    paths,
    isoPath,
    files: { kernel: at('test.iso'), initrd: at('initrd'), drivers: at('drivers.cpio.xz'), rootImage: at('squashfs') },
  };
}
