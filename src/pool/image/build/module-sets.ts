/** Sets of kernel modules that a recipe can name for its ramdisk. */
export const MODULE_SETS = ['network', 'disks'] as const;
/** `handover`, which every ramdisk has: what mounts the other modules, and a root. */
export type ModuleSet = (typeof MODULE_SETS)[number] | 'handover';

/** By the path below the modules of a release; each set takes what one of its patterns matches, and what that depends on. */
const PATTERNS: Readonly<Record<ModuleSet, readonly RegExp[]>> = {
  // cards of servers and virtual machines; no Wi-Fi, no USB adapters, no cards of other buses than PCI (_cs: PCMCIA)
  network: [
    /^kernel\/drivers\/net\/(ethernet\/(?!.*_cs\.)|virtio_net\.|vmxnet3\/|hyperv\/|xen-netfront\.|mdio\/|phy\/)/,
    /^kernel\/drivers\/virtio\/virtio_(pci|mmio)/,
  ],
  // controllers, USB storage, IPMI and the file systems that a rescue meets
  disks: [
    /^kernel\/drivers\/(ata\/(ahci|ata_piix|libata|pata_acpi|ata_generic)|nvme\/host\/nvme|block\/(virtio_blk|xen-blkfront))/,
    /^kernel\/drivers\/scsi\/(sd_mod|sr_mod|sg|virtio_scsi|megaraid\/megaraid_sas|mpt3sas\/|mpi3mr\/|hpsa|smartpqi\/|aacraid\/|vmw_pvscsi|hv_storvsc|isci\/|arcmsr\/|3w-9xxx|3w-sas)/,
    /^kernel\/drivers\/(usb\/storage\/(usb-storage|uas)|usb\/host\/[exou]hci[-_]|hid\/(usbhid\/usbhid|hid|hid-generic)\.|char\/ipmi\/)/,
    /^kernel\/fs\/(ext4|xfs|btrfs|vfat|fat|isofs|nfs\/|nls\/nls_(cp437|ascii|iso8859-1|utf8))/,
    /^kernel\/drivers\/md\/(md-mod|raid[0-9]+|linear|dm-mod)\./,
  ],
  handover: [/^kernel\/(drivers\/block\/loop|fs\/squashfs\/squashfs|fs\/overlayfs\/overlay)\./],
};

/** Whether a module is in one of the sets. */
export function isInSets(path: string, sets: readonly ModuleSet[]): boolean {
  return sets.some((set) => PATTERNS[set].some((pattern) => pattern.test(path)));
}

/** What a set means, for who keeps what was made from it. */
export function setPatterns(sets: readonly ModuleSet[]): string[] {
  return sets.flatMap((set) => PATTERNS[set].map(({ source }) => source));
}
