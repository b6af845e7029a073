import assert from 'node:assert/strict';
import test from 'node:test';
import { isDiskName, isParavirtualDisk } from '../../../src/domain/values/block-device.ts';

for (const name of ['sda', 'sdaa', 'vda', 'xvda', 'hda', 'nvme0n1', 'mmcblk0', 'cciss!c0d0', 'dasda', 'pmem0']) {
  test(`${name} is a disk`, () => assert.ok(isDiskName(name)));
}
for (const name of [
  'loop0',
  'ram0',
  'zram0',
  'dm-0',
  'md0',
  'md_d0',
  'nbd0',
  'sr0',
  'fd0',
  'rbd0',
  'nvme0c0n1',
  'mmcblk0boot0',
  'mmcblk0rpmb',
]) {
  test(`${name} is no disk of the machine`, () => assert.ok(!isDiskName(name)));
}
test('SMART is not asked of disks that a hypervisor made', () => {
  assert.deepEqual(['vda', 'xvdb', 'sda', 'nvme0n1'].map(isParavirtualDisk), [true, true, false, false]);
});
