import assert from 'node:assert/strict';
import { truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { hashFile } from '../../../src/platform/files/hashed-files.ts';
import { type Argv, run, runOk } from '../../../src/platform/process/command.ts';
import { fileUnderTest } from '../../guarantees/file-under-test.ts';

const isRoot = process.getuid?.() === 0;
const QUICK = { timeoutMs: 60_000 };
const GUARD = fileUnderTest('overlay/usr/lib/recon/guard-disk');

/** What a person who is root might type by mistake, on a disk with a file system. `isSilent`: it may say that it worked, and must not have. */
const ATTEMPTS: readonly (readonly [what: string, argv: (device: string) => Argv, isSilent?: true])[] = [
  ['dd', (device) => ['dd', 'if=/dev/zero', `of=${device}`, 'bs=4096', 'count=4', 'conv=notrunc,fsync']],
  ['dd, direct', (device) => ['dd', 'if=/dev/zero', `of=${device}`, 'bs=4096', 'count=4', 'oflag=direct']],
  ['wipefs', (device) => ['wipefs', '--all', '--force', device]],
  ['mkfs.ext4', (device) => ['mkfs.ext4', '-q', '-F', device]],
  ['mkfs.vfat', (device) => ['mkfs.vfat', '-I', device]],
  ['mkswap', (device) => ['mkswap', '--force', device]],
  ['blkdiscard', (device) => ['blkdiscard', '--force', device]],
  ['blkdiscard --zeroout', (device) => ['blkdiscard', '--force', '--zeroout', device]],
  ['tune2fs', (device) => ['tune2fs', '-L', 'mine', device]],
  ['e2fsck', (device) => ['e2fsck', '-f', '-y', device], true],
  ['debugfs', (device) => ['debugfs', '-w', '-R', 'mkdir /mine', device], true],
  ['mount', (device) => ['mount', '-o', 'rw', device, '/mnt'], true],
];

describe('a disk that the guard has seen, and whoever is root writes to it', { skip: isRoot ? false : 'needs root' }, () => {
  for (const [what, argv, isSilent] of ATTEMPTS) {
    it(`${what}: nothing is written, and without the guard it would be`, async () => {
      const guarded = await attempt(argv, true);
      assert.ok(isSilent === true || !guarded.worked, `${what} says that it worked`);
      assert.ok(!guarded.isChanged, `${what} has changed the disk`);
      const free = await attempt(argv, false);
      assert.ok(free.isChanged, `${what} proves nothing: it changes no disk at all`);
    });
  }

  it('swapon: the kernel takes it, a way past the flag that docs/boot.md names, and writes nothing as long as there is memory', async () => {
    await using disk = await loopDisk();
    await runOk(['mkswap', '--force', disk.device], QUICK);
    await runOk([GUARD, basename(disk.device)], QUICK);
    const before = await disk.hash();
    await run(['swapon', disk.device], QUICK);
    await run(['swapoff', disk.device], QUICK);
    assert.equal(await disk.hash(), before);
  });
});

async function attempt(argv: (device: string) => Argv, isGuarded: boolean): Promise<{ worked: boolean; isChanged: boolean }> {
  await using disk = await loopDisk();
  await runOk(['mkfs.ext4', '-q', '-F', disk.device], QUICK);
  if (isGuarded) await runOk([GUARD, basename(disk.device)], QUICK);
  const before = await disk.hash();
  // a mount of its own, which ends with it
  const { status } = await run(['unshare', '--mount', ...argv(disk.device)], QUICK);
  return { worked: status === 'ok', isChanged: (await disk.hash()) !== before };
}

/** A block device with a file behind it, which is looked at past the kernel's cache of the device. */
async function loopDisk() {
  await using stack = new AsyncDisposableStack();
  const { path } = stack.use(await temporaryDirectory('recon-writes-'));
  const file = join(path, 'disk.img');
  await writeFile(file, '');
  await truncate(file, 8 * 1024 * 1024);
  const device = (await runOk(['losetup', '--find', '--show', file], QUICK)).trim();
  stack.defer(async () => {
    // the next user of this number would have it read-only
    await run(['blockdev', '--setrw', device], QUICK);
    await run(['losetup', '--detach', device], QUICK);
  });
  const all = stack.move();
  return {
    device,
    hash: async () => {
      await run(['sync', file], QUICK);
      await run(['blockdev', '--flushbufs', device], QUICK);
      return (await hashFile(file)).sha256;
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
