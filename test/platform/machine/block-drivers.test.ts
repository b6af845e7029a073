import assert from 'node:assert/strict';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { diskDrivers } from '../../../src/platform/machine/block-drivers.ts';

test('the drivers on the way from a disk to the bus, and none of a disk without a way', async () => {
  await using root = await temporaryDirectory('recon-sysfs-');
  const card = join(root.path, 'devices/pci0000:00/0000:03:00.0');
  const target = join(card, 'host0/target0:2:0/0:2:0:0');
  for (const path of [join(target, 'block/sda/sda1'), join(root.path, 'class/block'), join(root.path, 'devices/virtual/block/loop0')])
    await mkdir(path, { recursive: true });
  await symlink('/none/bus/scsi/drivers/sd', join(target, 'driver'));
  await symlink('/none/bus/pci/drivers/megaraid_sas', join(card, 'driver'));
  await symlink(join(target, 'block/sda'), join(root.path, 'class/block/sda'));
  await symlink(join(root.path, 'devices/virtual/block/loop0'), join(root.path, 'class/block/loop0'));
  assert.deepEqual(await diskDrivers('sda', root.path), ['sd', 'megaraid_sas']);
  assert.deepEqual(await diskDrivers('loop0', root.path), []);
  assert.deepEqual(await diskDrivers('sdz', root.path), []);
});
