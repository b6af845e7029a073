import type { Architecture } from '../../domain/values/architecture.ts';
import { driversOf } from './absent-drivers.ts';

/** What a stick, a CD or a BMC's virtual medium is read with: USB, SCSI's core, file systems. Beside these an initrd has drivers of network cards. */
const MEDIA_DRIVERS = [
  ...['xhci_pci', 'ehci_pci', 'ohci_pci', 'uhci_hcd', 'usb_storage', 'uas', 'sd_mod', 'sr_mod'],
  ...['loop', 'squashfs', 'overlay', 'ext4', 'isofs', 'vfat', 'nls_cp437', 'nls_ascii', 'nls_iso8859_1', 'nls_utf8'],
  // the keyboard of whoever is asked something
  ...['usbhid', 'hid_generic'],
] as const;

/**
 * Where a SATA CD drive, or a virtual machine's disk with this image on it (target `virtual`), is found. They drive other disks as well: a machine
 * that boots over the network does without them until the live system is there.
 */
export const BOOT_DISK_DRIVERS = [
  ...['ahci', 'ata_piix', 'nvme', 'virtio_blk', 'virtio_scsi', 'vmw_pvscsi', 'mptspi', 'mptsas', 'hv_storvsc', 'xen_blkfront'],
] as const;

/**
 * Controllers behind which a disk with this image on it may lie (install mode). The root has them; the archive of rare drivers, which a stick and a disk
 * load behind the initrd, has them as well.
 */
export const BOOT_CONTROLLERS = [
  ...['megaraid_sas', 'mpt3sas', 'mpi3mr', 'smartpqi', 'hpsa', 'aacraid', 'arcmsr', 'mvsas', 'isci', 'pm80xx'],
] as const;

/** Controllers that few servers have: they are in the archive of rare drivers alone. */
export const RARE_CONTROLLERS = [
  // Fibre Channel, and what carries it or iSCSI by a network card
  ...['lpfc', 'qla2xxx', 'bfa', 'fnic', 'csiostor', 'qedf', 'bnx2fc', 'be2iscsi', 'bnx2i', 'cxgb3i', 'cxgb4i', 'qedi', 'qla4xxx'],
  // SAS of small number, and the parallel SCSI of old servers
  ...[
    'aic94xx',
    'esas2r',
    'ipr',
    'snic',
    'aic7xxx',
    'aic79xx',
    'sym53c8xx',
    'advansys',
    'BusLogic',
    'initio',
    'a100u2w',
    'atp870u',
    'dc395x',
  ],
  ...['dmx3191d', 'am53c974', 'qla1280', 'wd719x', 'myrb', 'myrs'],
  // InfiniBand and its like, but for Mellanox, Broadcom and Intel
  ...['hfi1', 'ib_qib', 'ib_mthca', 'iw_cxgb4', 'ocrdma', 'qedr', 'usnic_verbs', 'mana_ib'],
] as const;

/** All that the initrd must have of disks, sticks and file systems. */
export const INITRD_DRIVERS = [...MEDIA_DRIVERS, ...BOOT_DISK_DRIVERS] as const;

/** Settings for dracut: these and no others, in the place of every driver of disks, RAID controllers, InfiniBand, encryption, cards and consoles. */
export function dracutDrivers(architecture: Architecture): string {
  return [
    '# Made by the builder (src/builder/drivers/initrd-drivers.ts). Drivers of network cards come beside these.',
    `drivers+=" ${driversOf(architecture, INITRD_DRIVERS).join(' ')} "`,
    '',
  ].join('\n');
}

/** Settings for modprobe, in force in the initrd of a machine that boots over the network: udev then loads none of them. */
export function diskDriverDenial(): string {
  return denialOf([...BOOT_DISK_DRIVERS, ...BOOT_CONTROLLERS, ...RARE_CONTROLLERS]);
}

/** The same where the root lies on a stick or a CD: controllers can wait for the live system. Only a disk with this image on it may lie behind one. */
export function controllerDenial(): string {
  return denialOf([...BOOT_CONTROLLERS, ...RARE_CONTROLLERS]);
}

function denialOf(names: readonly string[]): string {
  return ['# Made by the builder (src/builder/drivers/initrd-drivers.ts).', ...names.map((name) => `blacklist ${name}`), ''].join('\n');
}
