import type { Bus } from '../../plan/lab-hardware.ts';

const MIB = 1024 * 1024;

/** What lies on a disk of the matrix. */
export type MatrixContent = (typeof CONTENTS)[number]['content'];

/** A disk of the matrix, as QEMU and the guest see it. */
export interface MatrixDisk {
  /** QEMU's name of the drive */
  id: string;
  content: MatrixContent;
  bus: Bus;
  /** at most 20 characters: virtio and ATA have no room for more */
  serial: string;
  sizeBytes: number | 'the stick';
  /** what a write here costs its owner */
  loss: string;
}

/**
 * What lies on the disks, and on which bus. Each is one that a live system is known to change: by mounting, assembling, activating, resuming,
 * checking or taking it for its own. Pairs lie on two disks.
 */
const CONTENTS = [
  content('ext4-crashed', 'virtio', 'replaying its journal changes what a rescue would start from'),
  content('ext4-journal-apart', 'ahci', 'its journal is a partition of its own; clearing the noted error hides it from the next fsck'),
  content('xfs-dirty-log', 'nvme', 'a recovered log cannot be looked at any more', 320 * MIB),
  content('btrfs-one', 'megasas', 'mounting it writes a new superblock generation', 128 * MIB),
  content('btrfs-two-first', 'nvme', 'a member that is written alone is out of step with the other', 128 * MIB),
  content('btrfs-two-second', 'megasas', 'a member that is written alone is out of step with the other', 128 * MIB),
  content('md-stale-first', 'ahci', 'assembling a stale pair copies one half over the other'),
  content('md-stale-second', 'ahci', 'assembling a stale pair copies one half over the other'),
  content('md-0.90', 'usb', 'assembling raises its event count'),
  content('imsm-container', 'megasas', 'a firmware RAID is written by whoever assembles its container'),
  content('ddf-container', 'megasas', 'a firmware RAID is written by whoever assembles its container'),
  content('lvm-raid1-out-of-sync', 'virtio', 'activating starts to copy one leg over the other'),
  content('lvm-snapshot', 'megasas', 'an activated snapshot writes its table of exceptions'),
  content('lvm-thin', 'nvme', 'an activated pool writes its transaction'),
  content('luks2', 'megasas', 'a damaged header is a lost disk'),
  content('swap', 'ahci', 'whatever is paged out lands on it'),
  content('swap-suspended', 'virtio', 'without its signature the hibernated system is lost'),
  content('gpt-discoverable', 'ahci', 'its root, swap and ESP are found by partition type, without an fstab'),
  content('ext4-cow', 'virtio', 'live systems take a file system of this label for their own overlay'),
  content('stick-clone', 'ahci', "a copy of the stick on an internal disk is somebody else's disk", 'the stick'),
  content('vfat-recondata', 'nvme', 'the label of our data partition does not make it ours'),
  content('planted-live', 'usb', 'a /LiveOS on a strange disk must not be run, nor its overlay be written'),
  content('ntfs-hibernated', 'usb', 'writing below a hibernated Windows destroys its file system'),
  content('esp-dirty', 'usb', "repairing a firmware partition is its owner's choice"),
  content('zfs-member', 'virtio', 'importing a pool marks it as used by this host'),
  content('bcache-backing', 'nvme', 'registering it marks it as running without its cache'),
  content('blank', 'virtio', 'an empty disk is where a live system would make its partition'),
] as const;

/** The disks of the matrix, in the order of the table. */
export const MATRIX_DISKS: readonly MatrixDisk[] = CONTENTS.map(({ content: kind, bus, loss, sizeBytes }, index) => ({
  ...{ id: `disk${index}`, content: kind, bus, loss, sizeBytes },
  serial: `MTRX${`${index}`.padStart(2, '0')}${bus.toUpperCase()}`,
}));

function content<const Name extends string>(name: Name, bus: Bus, loss: string, sizeBytes: MatrixDisk['sizeBytes'] = 64 * MIB) {
  return { content: name, bus, loss, sizeBytes };
}
