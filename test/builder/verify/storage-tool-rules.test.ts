import assert from 'node:assert/strict';
import test from 'node:test';
import { storageToolFaults } from '../../../src/builder/verify/storage-tool-rules.ts';

const GOOD = [
  'usr/sbin/mdadm',
  'usr/sbin/lvm',
  'etc/udev/rules.d/69-lvm.rules',
  'etc/systemd/system/mdmonitor.service',
  'usr/sbin/dmsetup',
];

test('two programs that read, and masks below /etc, are no fault', () => assert.deepEqual(storageToolFaults(GOOD), []));

for (const path of [
  'usr/lib/udev/rules.d/64-md-raid-assembly.rules',
  'usr/lib/udev/rules.d/69-lvm.rules',
  'usr/lib/udev/rules.d/69-dm-lvm.rules',
  'usr/lib/systemd/system/lvm2-monitor.service',
  'usr/lib/systemd/system/sysinit.target.wants/lvm2-lvmpolld.socket',
  'usr/lib/systemd/system/mdcheck_start.timer',
  'usr/lib/systemd/system-shutdown/mdadm.shutdown',
  'usr/lib/systemd/system-generators/lvm2-activation-generator',
  'usr/sbin/dmeventd',
  'sbin/vgchange',
  'etc/lvm/lvm.conf',
]) {
  test(`/${path} is one fault, which names it`, () => {
    const faults = storageToolFaults([...GOOD, path]);
    assert.equal(faults.length, 1, faults.join('\n'));
    assert.ok(faults[0]?.includes(`(/${path})`), faults[0]);
  });
}

test('an image without the programs cannot say what a RAID is', () => {
  assert.deepEqual(storageToolFaults([]), ['the image lacks mdadm', 'the image lacks lvm']);
});
