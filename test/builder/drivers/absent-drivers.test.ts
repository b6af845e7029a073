import assert from 'node:assert/strict';
import { test } from 'node:test';
import { driversOf } from '../../../src/builder/drivers/absent-drivers.ts';
import { dracutDrivers, INITRD_DRIVERS } from '../../../src/builder/drivers/initrd-drivers.ts';
import { driverFaults, WANTED_DRIVERS } from '../../../src/builder/verify/driver-rules.ts';
import { ARCHITECTURES, type Architecture } from '../../../src/domain/values/architecture.ts';

test('nothing that every machine has is left out: USB sticks and disks, AHCI, NVMe, virtio, file systems', () => {
  for (const architecture of Object.keys(ARCHITECTURES) as Architecture[])
    for (const driver of ['xhci_pci', 'usb_storage', 'uas', 'ahci', 'nvme', 'virtio_blk', 'squashfs', 'overlay', 'isofs', 'vfat'] as const)
      assert.ok(driversOf(architecture, INITRD_DRIVERS).includes(driver), `${driver} of ${architecture}`);
});

test('a driver that the kernel of an architecture cannot have is neither asked for nor missed', () => {
  assert.match(dracutDrivers('x86_64'), /\bvmw_pvscsi\b/);
  assert.doesNotMatch(dracutDrivers('arm64'), /\b(vmw_pvscsi|uhci_hcd)\b/);
  const modules = driversOf('arm64', WANTED_DRIVERS).map((name) => `usr/lib/modules/6.12/kernel/drivers/x/${name}.ko.xz`);
  assert.deepEqual(driverFaults({ modules, builtIn: [] }, 'arm64'), []);
  assert.deepEqual(
    driverFaults({ modules, builtIn: [] }, 'x86_64'),
    ['arcmsr', 'isci', 'fnic', 'vmw_pvscsi', 'uhci_hcd'].map((driver) => `the image lacks the driver ${driver}`),
  );
});
