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

/** All that the initrd must have of disks, sticks and file systems. */
export const INITRD_DRIVERS = [...MEDIA_DRIVERS, ...BOOT_DISK_DRIVERS] as const;

/** Settings for dracut: these and no others, in the place of every driver of disks, RAID controllers, InfiniBand, encryption, cards and consoles. */
export function dracutDrivers(): string {
  return [
    '# Made by the builder (src/builder/drivers/initrd-drivers.ts). Drivers of network cards come beside these.',
    `drivers+=" ${INITRD_DRIVERS.join(' ')} "`,
    '',
  ].join('\n');
}

/** Settings for modprobe, in force in the initrd of a machine that boots over the network: udev then loads none of them. */
export function diskDriverDenial(): string {
  return [
    '# Made by the builder (src/builder/drivers/initrd-drivers.ts).',
    ...BOOT_DISK_DRIVERS.map((name) => `blacklist ${name}`),
    '',
  ].join('\n');
}
