import type { BmcSection, Fru } from '../../domain/record/bmc.ts';
import type { Dimm } from '../../domain/record/memory.ts';
import type { Nic } from '../../domain/record/network.ts';
import type { Disk } from '../../domain/record/storage.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { type Bus, DISK_SIZE_BYTES, type LabBmc, type LabDimm, type LabDisk, type LabNic } from './lab-hardware.ts';

const MIB = 1024 * 1024;

/** Vendor, device and driver of QEMU's controllers on the machine type q35. Ids: /usr/share/misc/pci.ids, QEMU's docs/specs/pci-ids. */
const CONTROLLERS: Record<Bus, string> = {
  virtio: '1af4:1001 virtio-pci',
  ahci: '8086:2922 ahci',
  nvme: '1b36:0010 nvme',
  usb: '1b36:000d xhci_hcd',
  // what QEMU calls gen2 is a SAS2108
  megasas: '1000:0079 megaraid_sas',
};

const CARDS: Record<LabNic['model'], { driver: string; device: string }> = {
  'virtio-net-pci': { driver: 'virtio_net', device: '1af4:1000 virtio-pci' },
  e1000: { driver: 'e1000', device: '8086:100e e1000' },
  e1000e: { driver: 'e1000e', device: '8086:10d3 e1000e' },
  // what QEMU makes is an RTL8139C+ (revision 20)
  rtl8139: { driver: '8139cp', device: '10ec:8139 8139cp' },
};

/** What a record should say of the memory slots, field by field. */
export function expectedDimms(dimms: readonly LabDimm[]): (Partial<Dimm> & { locator: string })[] {
  return dimms.map(({ bank, locator, module }) => {
    const place = { locator, bankLocator: bank, populated: module !== undefined };
    if (module === undefined) return place;
    const { sizeMiB, ...labels } = module;
    return {
      ...place,
      ...labels,
      sizeBytes: sizeMiB * MIB,
      type: 'DDR4',
      formFactor: 'DIMM',
      totalWidthBits: 72,
      dataWidthBits: 64,
      ecc: true,
    };
  });
}

/** What a record should say of the disks; `controller` is vendor, device and driver of the PCI function that the disk hangs on. */
export function expectedDisks(disks: readonly LabDisk[]): (Partial<Disk> & { serial: string; controller: string })[] {
  return disks.map(({ bus, serial, wwn }) => ({
    ...{ serial, sizeBytes: DISK_SIZE_BYTES, readOnly: true, controller: CONTROLLERS[bus] },
    ...definedOnly({ wwn }),
  }));
}

/** What a record should say of the network cards; `device` is vendor, device and driver of their PCI function. */
export function expectedCards(nics: readonly LabNic[]): (Partial<Nic> & { mac: string; device: string })[] {
  return nics.map(({ mac, model }) => ({ mac, ...CARDS[model], ...(model === 'virtio-net-pci' ? {} : { permanentMac: mac }) }));
}

/** What a record should say of the BMC. */
export function expectedBmc({ firmware, fru }: LabBmc): Omit<Partial<BmcSection>, 'fru'> & { fru: Fru } {
  const version = `${firmware.major}.${`${firmware.minor}`.padStart(2, '0')}`;
  return { firmware: version, ipmiVersion: '2.0', fru: { ...fru, chassisType: 'Rack Mount Chassis' } };
}
