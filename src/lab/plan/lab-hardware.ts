import type { MacAddress } from '../../domain/values/mac.ts';

/** What a disk carries before the rehearsal; each kind but the first, which a BIOS can boot, is one that a careless live system would change. */
export const FIXTURES = [
  'boot-sector',
  ...(['ext4-crashed', 'ext4-cow', 'lvm', 'raid1-first', 'raid1-second', 'swap', 'suspended', 'vfat-recondata'] as const),
] as const;
export type Fixture = (typeof FIXTURES)[number];

/** Size of each disk of the rehearsal. */
export const DISK_SIZE_BYTES = 64 * 1024 * 1024;

/** What a disk hangs on; megasas is a RAID controller that shows each drive as a volume. */
export type Bus = 'virtio' | 'ahci' | 'nvme' | 'usb' | 'megasas';

export interface LabDisk {
  /** QEMU's name of the drive, unique in its machine */
  id: string;
  fixture: Fixture;
  bus: Bus;
  /** at most 20 characters: virtio and ATA have no room for more */
  serial: string;
  /** World Wide Name, `0x` and 16 hexadecimal digits; only of disks behind megasas */
  wwn?: string;
}

export interface LabNic {
  /** rtl8139: its driver lies in the archive of rare drivers alone */
  model: 'virtio-net-pci' | 'e1000' | 'e1000e' | 'rtl8139';
  mac: MacAddress;
  /** nothing: a cable to a hub that nobody else is on */
  segment: 'lab' | 'foreign' | 'nothing';
  /** name of the tap device, at most 15 characters */
  tap: string;
}

/** A memory slot. Without a module only its place is known. */
export interface LabDimm {
  locator: string;
  bank: string;
  module?: {
    sizeMiB: number;
    manufacturer: string;
    serial: string;
    partNumber: string;
    assetTag: string;
    ratedSpeedMtps: number;
    configuredSpeedMtps: number;
    rank: number;
  };
}

/** What the BMC says of itself. */
export interface LabBmc {
  /** at most 127, and at most 99: the second is two decimal digits (IPMI 2.0, section 20.1) */
  firmware: { major: number; minor: number };
  fru: {
    /** at most 16 characters */
    name: string;
    chassisPartNumber: string;
    chassisSerial: string;
    boardManufacturer: string;
    boardProduct: string;
    boardSerial: string;
    boardPartNumber: string;
    productManufacturer: string;
    productName: string;
    productPartNumber: string;
    productSerial: string;
    productAssetTag: string;
  };
}

/** what@where */
export type PlannedPlace<What extends string, Where extends string> = `${What}@${Where}`;

/** Card `index` of machine `number`. */
export function labNic(number: number, index: number, place: PlannedPlace<LabNic['model'], LabNic['segment']>): LabNic {
  const [model, segment] = place.split('@') as [LabNic['model'], LabNic['segment']];
  return { model, segment, mac: `52:54:00:77:0${number}:0${index}`, tap: `tap${number}-${index}` };
}

/** Disk `index` of machine `number`. */
export function labDisk(number: number, index: number, place: PlannedPlace<Fixture, Bus>): LabDisk {
  const [fixture, bus] = place.split('@') as [Fixture, Bus];
  const wwn = bus === 'megasas' ? { wwn: `0x5000c5000000${number}00${index}` } : {};
  return { fixture, bus, id: `disk${index}`, serial: `RDSK${number}${index}${bus.toUpperCase()}`, ...wwn };
}

/** The slots of machine `number`; a size of 0 is an empty slot. Serial numbers differ between modules. */
export function labDimms(number: number, sizesMiB: readonly number[]): LabDimm[] {
  return sizesMiB.map((sizeMiB, index) => {
    const place = { locator: `DIMM_${'ABCD'[index]}1`, bank: `BANK ${index}` };
    if (sizeMiB === 0) return place;
    const module = {
      sizeMiB,
      manufacturer: 'Rehearsal Memory',
      serial: `D1AA00${number}${index}`,
      partNumber: `RDIMM-${sizeMiB}`,
      assetTag: `RDTAG${number}${index}`,
      ratedSpeedMtps: 3200,
      configuredSpeedMtps: 2933,
      rank: 2,
    };
    return { ...place, module };
  });
}

/** The BMC of machine `number`. */
export function labBmc(number: number): LabBmc {
  return {
    firmware: { major: 2, minor: 40 + number },
    fru: {
      name: 'Mainboard',
      chassisPartNumber: `RCHP-${number}`,
      chassisSerial: `RFCH000${number}`,
      boardManufacturer: 'Rehearsal Boards',
      boardProduct: `Board ${number}`,
      boardSerial: `RFBD000${number}`,
      boardPartNumber: `RBDP-${number}`,
      productManufacturer: 'Rehearsal Works',
      productName: `Model ${number}`,
      productPartNumber: `RPRP-${number}`,
      productSerial: `RFPR000${number}`,
      productAssetTag: `RFAT000${number}`,
    },
  };
}
