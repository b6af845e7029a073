/**
 * Tells by its kernel name whether a block device is a disk of the machine, and not something that Linux made: loop, RAM,
 * device-mapper, software RAID, network and floppy devices, optical drives, and the hidden paths of a multipath NVMe
 * namespace (`nvme0c0n1`), which have size zero.
 */
export function isDiskName(name: string): boolean {
  return (
    !/^(loop|ram|zram|dm-|md|nbd|drbd|rbd|zd|bcache|fd|sr|mtdblock|pmem\d+s)\d*/.test(name) &&
    !/^(nvme\d+c\d+n\d+|mmcblk\d+(boot|rpmb).*)$/.test(name)
  );
}

/** Disks of a hypervisor that pass no SMART commands on: virtio and Xen. */
export function isParavirtualDisk(name: string): boolean {
  return /^x?vd[a-z]+$/.test(name);
}
