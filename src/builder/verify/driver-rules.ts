import type { Architecture } from '../../domain/values/architecture.ts';
import { driversOf } from '../drivers/absent-drivers.ts';

/** Network cards that a machine may boot from: their drivers are in the initrd, or in the archive that is loaded behind it. */
const WANTED_NIC_DRIVERS = [
  ...['e1000e', 'igb', 'igc', 'ixgbe', 'i40e', 'ice', 'iavf', 'tg3', 'bnx2', 'bnx2x', 'bnxt_en', 'mlx4_en', 'mlx5_core', 'qede', 'be2net'],
  ...['cxgb4', 'sfc', 'enic', 'atlantic', 'r8169', 'virtio_net', 'vmxnet3', 'hv_netvsc'],
] as const;

/** Kernel modules that servers need here, in root, initrd or archive: network cards, disk controllers, BMC, USB. Names with underscores. */
export const WANTED_DRIVERS = [
  ...WANTED_NIC_DRIVERS,
  ...['ib_ipoib', 'mlx5_ib'],
  ...['ahci', 'nvme', 'mpt3sas', 'megaraid_sas', 'hpsa', 'aacraid', 'smartpqi', 'arcmsr', 'mvsas', 'isci', 'lpfc', 'qla2xxx', 'ses'],
  ...[
    'mpi3mr',
    'pm80xx',
    'bfa',
    'fnic',
    'qla4xxx',
    'be2iscsi',
    'bnx2i',
    'bnx2fc',
    'qedi',
    'qedf',
    'csiostor',
    'cxgb3i',
    'cxgb4i',
    'aic94xx',
  ],
  ...['sd_mod', 'sr_mod', 'virtio_blk', 'vmw_pvscsi'],
  ...['ipmi_si', 'ipmi_ssif', 'ipmi_devintf'],
  ...['xhci_pci', 'ehci_pci', 'uhci_hcd', 'usb_storage', 'uas', 'usbhid', 'hid_generic', 'cdc_ether'],
  ...['squashfs', 'overlay', 'isofs', 'vfat', 'efivarfs'],
  // VLANs, and the filter that stands before DHCPv6
  ...['8021q', 'cls_bpf', 'sch_ingress'],
] as const;

/** Directories of drivers that have no business on this image: desktops', and what could assemble or mount a server's disks. */
const UNWANTED: ReadonlyArray<readonly [RegExp, string]> = [
  [/\/kernel\/sound\//, 'sound'],
  [/\/drivers\/gpu\//, 'graphics'],
  [/\/(drivers\/net|net)\/(wireless|mac80211)\//, 'wireless'],
  [/\/(drivers|net)\/bluetooth\//, 'Bluetooth'],
  [/\/drivers\/md\//, 'RAID and device mapper'],
  [/\/fs\/(xfs|btrfs|zfs|ntfs3|f2fs|jfs)\//, 'file systems that are never mounted here'],
];

/** The drivers of an image. */
export interface Drivers {
  /** paths of its .ko files */
  modules: readonly string[];
  /** lines of its modules.builtin (kbuild): drivers that are part of the kernel itself, which cannot be taken out */
  builtIn: readonly string[];
}

/**
 * What is wrong with the drivers of an image; empty when nothing is. `besides`: modules of the initrd, which are loaded before the root is there,
 * and of the archive, which a machine gets that needs it.
 */
export function driverFaults({ modules, builtIn }: Drivers, architecture: Architecture, besides: readonly string[] = []): string[] {
  const names = new Set([...modules, ...besides, ...builtIn].map(driverName));
  const missing = driversOf(architecture, WANTED_DRIVERS)
    .filter((driver) => !names.has(driver))
    .map((driver) => `the image lacks the driver ${driver}`);
  const unwanted = UNWANTED.flatMap(([pattern, what]) => {
    const found = modules.find((path) => pattern.test(path));
    return found === undefined ? [] : [`the image holds drivers of ${what} (${found})`];
  });
  return [...missing, ...unwanted];
}

/** The name of the module in a file, as the kernel has it. */
export function driverName(path: string): string {
  return (path.split('/').at(-1) ?? '').replace(/\.ko(\..*)?$/, '').replaceAll('-', '_');
}
