import type { MacAddress } from '../domain/mac.ts';

/** What a disk carries before the rehearsal; each kind is one that a careless live system would change. */
export const FIXTURES = ['ext4-crashed', 'ext4-cow', 'lvm', 'raid1-first', 'raid1-second', 'swap', 'suspended', 'vfat-recondata'] as const;
export type Fixture = (typeof FIXTURES)[number];

export type Bus = 'virtio' | 'ahci' | 'nvme' | 'usb';

export interface LabDisk {
  /** QEMU's name of the drive, unique in its machine */
  id: string;
  fixture: Fixture;
  bus: Bus;
  /** at most 20 characters: virtio and ATA have no room for more */
  serial: string;
}

export interface LabNic {
  model: 'virtio-net-pci' | 'e1000';
  mac: MacAddress;
  segment: 'lab' | 'foreign';
  /** name of the tap device, at most 15 characters */
  tap: string;
}

/** What the machine says of itself in SMBIOS; the record must say the same. */
export interface LabIdentity {
  vendor: string;
  product: string;
  serial: string;
  uuid: string;
  boardSerial: string;
  chassisSerial: string;
  assetTag: string;
  dimmSerial: string;
  dimmPart: string;
}

export interface LabMachine {
  name: string;
  role: 'master' | 'peer' | 'control';
  firmware: 'bios' | 'uefi';
  memoryMiB: number;
  hasBmc: boolean;
  identity: LabIdentity;
  nics: readonly LabNic[];
  disks: readonly LabDisk[];
}

/** Size of each disk of the rehearsal. */
export const DISK_SIZE_BYTES = 64 * 1024 * 1024;

/** Every peer has every kind of disk; these lie on the ports 1 to 5 of its AHCI controller. */
const ON_AHCI = ['lvm@ahci', 'raid1-first@ahci', 'raid1-second@ahci', 'swap@ahci', 'ext4-cow@ahci'] as const;

/** The rehearsal's data center: deterministic, so that a record can be compared with it word for word. */
export const LAB_PLAN = {
  master: machine(0, {
    name: 'master',
    role: 'master',
    memoryMiB: 2048,
    disks: ['ext4-crashed@virtio', 'vfat-recondata@ahci', 'ext4-cow@nvme'],
    nics: ['virtio-net-pci@lab', 'virtio-net-pci@foreign'],
  }),
  peers: [
    machine(1, { name: 'peer-bios', hasBmc: true, disks: ['ext4-crashed@virtio', ...ON_AHCI, 'vfat-recondata@usb', 'suspended@nvme'] }),
    machine(2, {
      name: 'peer-no-bmc',
      disks: ['ext4-crashed@nvme', ...ON_AHCI, 'vfat-recondata@virtio', 'suspended@virtio'],
      nics: ['e1000@lab'],
    }),
    machine(3, {
      name: 'peer-uefi',
      firmware: 'uefi',
      hasBmc: true,
      disks: ['ext4-crashed@ahci', ...ON_AHCI, 'vfat-recondata@nvme', 'suspended@virtio'],
    }),
  ],
} as const satisfies { master: LabMachine; peers: readonly LabMachine[] };

/** The machine of the negative control: one crashed disk, no network, nobody who protects it. */
export const CONTROL_MACHINE: LabMachine = machine(9, { name: 'control', role: 'control', disks: ['ext4-crashed@virtio'], nics: [] });

interface Sketch {
  name: string;
  role?: LabMachine['role'];
  firmware?: LabMachine['firmware'];
  memoryMiB?: number;
  hasBmc?: boolean;
  /** fixture@bus */
  disks: readonly `${Fixture}@${Bus}`[];
  /** model@segment */
  nics?: readonly `${LabNic['model']}@${LabNic['segment']}`[];
}

function machine(number: number, sketch: Sketch): LabMachine {
  const nics = sketch.nics ?? ['virtio-net-pci@lab'];
  return {
    name: sketch.name,
    role: sketch.role ?? 'peer',
    firmware: sketch.firmware ?? 'bios',
    memoryMiB: sketch.memoryMiB ?? 1536,
    hasBmc: sketch.hasBmc ?? false,
    identity: {
      vendor: 'Rehearsal Works',
      product: `Model ${number}`,
      serial: `RSYS000${number}`,
      uuid: `52454841-5253-414c-8000-00000000000${number}`,
      boardSerial: `RBRD000${number}`,
      chassisSerial: `RCHS000${number}`,
      assetTag: `RTAG000${number}`,
      dimmSerial: `D1AA000${number}`,
      dimmPart: `RDIMM-${number}`,
    },
    nics: nics.map((text, index) => nic(number, index, text)),
    disks: sketch.disks.map((text, index) => disk(number, index, text)),
  };
}

function nic(number: number, index: number, text: string): LabNic {
  const [model, segment] = text.split('@') as [LabNic['model'], LabNic['segment']];
  return { model, segment, mac: `52:54:00:77:0${number}:0${index}`, tap: `tap${number}-${index}` };
}

function disk(number: number, index: number, text: string): LabDisk {
  const [fixture, bus] = text.split('@') as [Fixture, Bus];
  return { fixture, bus, id: `disk${index}`, serial: `RDSK${number}${index}${bus.toUpperCase()}` };
}
