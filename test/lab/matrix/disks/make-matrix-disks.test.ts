import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeContent } from '../../../../src/lab/matrix/disks/make-matrix-disks.ts';
import { MATRIX_DISKS, type MatrixContent } from '../../../../src/lab/matrix/disks/matrix-disks.ts';
import { temporaryDirectory } from '../../../../src/platform/files/files.ts';
import { createSparseFile } from '../../../../src/platform/machine/disk-image-file.ts';
import { run } from '../../../../src/platform/process/command.ts';

const LIMIT = { timeoutMs: 60_000 };

/** What blkid, the prober of udev, takes each disk for: what it does not recognise would not be in danger. */
const SEEN_BY_UDEV: Partial<Record<MatrixContent, RegExp>> = {
  'ext4-crashed': /^TYPE=ext4$/m,
  'ext4-journal-apart': /^PTTYPE=gpt$/m,
  'xfs-dirty-log': /^TYPE=xfs$/m,
  'btrfs-one': /^TYPE=btrfs$/m,
  'md-stale-first': /^TYPE=linux_raid_member$/m,
  'md-stale-second': /^TYPE=linux_raid_member$/m,
  'md-0.90': /^VERSION=0\.90\.0$/m,
  'imsm-container': /^TYPE=isw_raid_member$/m,
  'ddf-container': /^TYPE=ddf_raid_member$/m,
  'lvm-raid1-out-of-sync': /^TYPE=LVM2_member$/m,
  'lvm-snapshot': /^TYPE=LVM2_member$/m,
  'lvm-thin': /^TYPE=LVM2_member$/m,
  luks2: /^TYPE=crypto_LUKS$/m,
  swap: /^TYPE=swap$/m,
  'swap-suspended': /^TYPE=swsuspend$/m,
  'gpt-discoverable': /^PTTYPE=gpt$/m,
  'ext4-cow': /^LABEL=cow$/m,
  'vfat-recondata': /^LABEL=RECONDATA$/m,
  'planted-live': /^LABEL=RECON$/m,
  'ntfs-hibernated': /^TYPE=ntfs$/m,
  'esp-dirty': /^PTTYPE=gpt$/m,
  'zfs-member': /^TYPE=zfs_member$/m,
  'bcache-backing': /^TYPE=bcache$/m,
};

for (const { content, sizeBytes } of MATRIX_DISKS) {
  const expected = SEEN_BY_UDEV[content];
  if (expected === undefined || sizeBytes === 'the stick') continue;
  test(`udev recognises the disk ${content}`, async (t) => {
    await using directory = await temporaryDirectory('recon-test-');
    const path = join(directory.path, 'disk.img');
    await createSparseFile(path, sizeBytes);
    if (content.startsWith('xfs') && (await run(['mkfs.xfs', '-V'], LIMIT)).status === 'absent') return t.skip('mkfs.xfs is not installed');
    if (content.startsWith('btrfs') && (await run(['mkfs.btrfs', '-V'], LIMIT)).status === 'absent')
      return t.skip('mkfs.btrfs is not installed');
    await makeContent(content, path, sizeBytes);
    const probed = await run(['blkid', '-p', '-o', 'export', path], LIMIT);
    assert.match(probed.stdout.toString(), expected);
  });
}
