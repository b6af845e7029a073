import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mountSource } from '../../../src/service/stick/mounts.ts';

const MOUNTS = [
  'sysfs /sys sysfs rw 0 0',
  '/dev/sdb1 /run/initramfs/live iso9660 ro 0 0',
  'tmpfs /run/recon/ram tmpfs rw 0 0',
  '/dev/sda1 /run/recon/data-old vfat rw 0 0',
  '/dev/sdb3 /run/recon/data vfat rw 0 0',
  '/dev/sdc3 /run/recon/data vfat rw 0 0',
  '',
].join('\n');

test('the device at exactly this directory; the last mount covers those before', () => {
  assert.equal(mountSource(MOUNTS, '/run/initramfs/live'), '/dev/sdb1');
  assert.equal(mountSource(MOUNTS, '/run/recon/data'), '/dev/sdc3');
});

test('nothing, and nothing from a device', () => {
  for (const directory of ['/run/recon', '/sys', '/run/recon/ram', '']) assert.equal(mountSource(MOUNTS, directory), undefined, directory);
  assert.equal(mountSource('', '/run/recon/data'), undefined);
});
