import type { Architecture } from '../../domain/values/architecture.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import {
  type LabBmc,
  type LabDimm,
  type LabDisk,
  type LabNic,
  labBmc,
  labDimms,
  labDisk,
  labNic,
  type PlannedPlace,
} from './lab-hardware.ts';

/** What the machine says of itself in SMBIOS; the record must say the same. */
export interface LabIdentity {
  vendor: string;
  product: string;
  serial: string;
  uuid: string;
  boardSerial: string;
  chassisSerial: string;
  assetTag: string;
}

export interface LabMachine {
  name: string;
  role: 'master' | 'peer' | 'control';
  /** missing: x86_64 */
  architecture?: Architecture;
  firmware: 'bios' | 'uefi';
  /** its firmware enforces signatures, with Microsoft's keys enrolled */
  secureBoot?: boolean;
  /** by UEFI HTTP boot, without TFTP */
  overHttp?: boolean;
  /** from a CD: QEMU's UEFI then forgets its entries for network cards */
  fromCd?: boolean;
  memoryMiB: number;
  identity: LabIdentity;
  /** each slot, fitted or not; the sizes add up to `memoryMiB` */
  dimms: readonly LabDimm[];
  nics: readonly LabNic[];
  disks: readonly LabDisk[];
  bmc?: LabBmc;
  /** how the TPM is reached: the FIFO interface or the command response buffer (TCG PC Client Platform TPM Profile, section 6) */
  tpm?: 'tis' | 'crb';
}

/** Every peer has every kind of disk; these lie on the ports 1 to 5 of its AHCI controller. */
const ON_AHCI = ['lvm@ahci', 'raid1-first@ahci', 'raid1-second@ahci', 'swap@ahci', 'ext4-cow@ahci'] as const;

/**
 * The rehearsal's data center: deterministic, so that a record can be compared with it word for word. Each kind of hardware is in
 * one of the peers at least; there are no more peers than needed, because each takes minutes to boot.
 */
export const LAB_PLAN = {
  master: machine(0, {
    name: 'master',
    role: 'master',
    dimmsMiB: [1024, 1024],
    disks: ['ext4-crashed@virtio', 'vfat-recondata@ahci', 'ext4-cow@nvme'],
    nics: ['virtio-net-pci@lab', 'virtio-net-pci@foreign'],
  }),
  peers: [
    machine(1, {
      name: 'peer-bios',
      hasBmc: true,
      tpm: 'tis',
      dimmsMiB: [1024, 512, 0, 0],
      disks: ['ext4-crashed@virtio', ...ON_AHCI, 'vfat-recondata@usb', 'suspended@nvme'],
      // it boots from a common card, and so the drivers of the last one come to the running system
      nics: ['e1000@lab', 'e1000e@nothing', 'rtl8139@nothing'],
    }),
    machine(2, {
      name: 'peer-no-bmc',
      firmware: 'uefi',
      secureBoot: true,
      overHttp: true,
      dimmsMiB: [512, 512, 512, 0],
      disks: ['ext4-crashed@nvme', ...ON_AHCI, 'vfat-recondata@megasas', 'suspended@megasas'],
    }),
    machine(3, {
      name: 'peer-uefi',
      firmware: 'uefi',
      secureBoot: true,
      hasBmc: true,
      tpm: 'crb',
      dimmsMiB: [1024, 0, 512],
      disks: ['ext4-crashed@ahci', ...ON_AHCI, 'vfat-recondata@nvme', 'suspended@virtio'],
    }),
  ],
} as const satisfies { master: LabMachine; peers: readonly LabMachine[] };

/** The machine of the negative control: one crashed disk, no network, nobody who protects it. */
export const CONTROL_MACHINE: LabMachine = machine(9, { name: 'control', role: 'control', disks: ['ext4-crashed@virtio'], nics: [] });

/** Three machines with the same CD in, as their BMCs show it, and no network boot. */
export const MEDIA_MACHINES: readonly LabMachine[] = [
  machine(4, { name: 'media-one', hasBmc: true, dimmsMiB: [1024], disks: ['ext4-crashed@virtio'] }),
  machine(5, {
    name: 'media-two',
    hasBmc: true,
    dimmsMiB: [1024],
    disks: ['vfat-recondata@ahci'],
    nics: ['virtio-net-pci@lab', 'e1000@nothing'],
  }),
  machine(6, { name: 'media-uefi', firmware: 'uefi', fromCd: true, hasBmc: true, dimmsMiB: [1024], disks: ['ext4-cow@nvme'] }),
];

/** A visit of machines for which the image is another one: board, firmware and cards as QEMU's `virt` has them, without BMC, TPM and AHCI. */
export const ARM_PLAN = {
  master: machine(7, {
    name: 'arm-master',
    role: 'master',
    architecture: 'arm64',
    firmware: 'uefi',
    dimmsMiB: [2048],
    disks: ['ext4-crashed@virtio', 'ext4-cow@nvme'],
    nics: ['virtio-net-pci@lab', 'virtio-net-pci@foreign'],
  }),
  peer: machine(8, {
    name: 'arm-peer',
    architecture: 'arm64',
    firmware: 'uefi',
    dimmsMiB: [1536],
    disks: ['ext4-crashed@nvme', 'vfat-recondata@virtio'],
  }),
} as const satisfies Record<string, LabMachine>;

interface Sketch {
  name: string;
  role?: LabMachine['role'];
  architecture?: Architecture;
  firmware?: LabMachine['firmware'];
  secureBoot?: boolean;
  overHttp?: boolean;
  fromCd?: boolean;
  hasBmc?: boolean;
  tpm?: LabMachine['tpm'];
  /** 0: an empty slot */
  dimmsMiB?: readonly number[];
  disks: readonly PlannedPlace<LabDisk['fixture'], LabDisk['bus']>[];
  nics?: readonly PlannedPlace<LabNic['model'], LabNic['segment']>[];
}

function machine(number: number, sketch: Sketch): LabMachine {
  const {
    architecture,
    dimmsMiB = [1536],
    disks,
    firmware = 'bios',
    fromCd,
    hasBmc = false,
    name,
    nics = ['virtio-net-pci@lab'],
    overHttp,
    role = 'peer',
    secureBoot,
    tpm,
  } = sketch;
  return {
    ...{ name, role, firmware },
    memoryMiB: dimmsMiB.reduce((sum, sizeMiB) => sum + sizeMiB, 0),
    identity: {
      vendor: 'Rehearsal Works',
      product: `Model ${number}`,
      serial: `RSYS000${number}`,
      uuid: `52454841-5253-414c-8000-00000000000${number}`,
      boardSerial: `RBRD000${number}`,
      chassisSerial: `RCHS000${number}`,
      assetTag: `RTAG000${number}`,
    },
    dimms: labDimms(number, dimmsMiB),
    nics: nics.map((place, index) => labNic(number, index, place)),
    disks: disks.map((place, index) => labDisk(number, index, place)),
    ...(hasBmc ? { bmc: labBmc(number) } : {}),
    ...definedOnly({ architecture, secureBoot, overHttp, fromCd, tpm }),
  };
}
