import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findKernelWords } from '../../../../src/lab/matrix/findings/kernel-words.ts';

const LOUD = [
  '[   12.345678] vda: Trying to write to read-only block-device',
  '[   12.345678] EXT4-fs (vda): mounted filesystem 5b49b965 ro with ordered data mode. Quota mode: none.',
  'EXT4-fs (sdb1): recovery complete',
  'XFS (nvme0n1): Mounting V5 Filesystem 1234',
  'XFS (nvme0n1): Starting recovery (logdev: internal)',
  'BTRFS info (device sdc): first mount of filesystem 1',
  'md/raid1:md127: not clean -- starting background reconstruction',
  'md127: detected capacity change from 0 to 126976',
  'device-mapper: raid: Superblocks created for new raid set',
  'Adding 65532k swap on /dev/sdd.  Priority:-2 extents:1',
  'PM: hibernation: Image mismatch: architecture specific data',
  'bcache: register_bdev() registered backing device nvme1n1',
  'recon-matrix: a planted program runs',
];
const QUIET = [
  '[    5.0] EXT4-fs (loop1): mounted filesystem 5b49b965 ro with ordered data mode. Quota mode: none.',
  'EXT4-fs (vda): write access unavailable, cannot proceed',
  'device-mapper: ioctl: 4.48.0-ioctl (2023-03-01) initialised: dm-devel@redhat.com',
  'PM: hibernation: Registered nosave memory: [mem 0x00000000-0x00000fff]',
  'systemd[1]: swap.target: masked',
  'sd 10:0:0:0: [sdp] Attached SCSI disk',
];

for (const line of LOUD)
  test(`the kernel's words count: ${line}`, () => {
    assert.equal(findKernelWords([line, line], []).length, 1);
  });

test('what the kernel says anyway is no finding, and neither is the stick', () => {
  assert.deepEqual(findKernelWords(QUIET, []), []);
  assert.deepEqual(findKernelWords(['EXT4-fs (sda3): mounted filesystem'], ['sda3']), []);
});
