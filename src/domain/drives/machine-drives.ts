import type { Disk, StorageSection } from '../record/storage.ts';
import { definedOnly } from '../values/defined-only.ts';
import { driveKind } from './drive-kind.ts';
import { drivesBehind } from './drives-behind.ts';
import { bothSayOf, type MachineDrive } from './machine-drive.ts';
import { oneOfNamespaces } from './one-of-namespaces.ts';
import { printedBytes } from './printed-size.ts';
import { isSameDrive, joinSameDrives } from './same-drive.ts';
import { isVolumeDisk } from './volume-disk.ts';
import { type MachineVolume, machineVolumes } from './volumes.ts';

export interface MachineDrives {
  drives: readonly MachineDrive[];
  /** beside the drives: what a RAID controller makes of them, and what a storage network lends */
  volumes: readonly MachineVolume[];
  /** what belongs to no machine: plugged in by USB, with a medium that can be taken out, or without one */
  media: readonly Disk[];
  /** false: there are volumes of RAID controllers, and nobody shows a drive */
  isCounted: boolean;
}

/**
 * What drives a machine has, as an engineer counts them: those of Linux and those that only a RAID controller or smartctl through it knows, each once. A volume that
 * Linux takes for a disk is none, and a drive that Linux and a controller both show is one, told by serial number or World Wide Name. Undefined where
 * nothing could be read. Pure; everything that counts drives counts these.
 */
export function machineDrives(disks: readonly Disk[] | undefined, storage: StorageSection | undefined): MachineDrives | undefined {
  const behind = drivesBehind(storage);
  const controllers = storage?.controllers ?? [];
  if (disks === undefined && behind.length === 0 && controllers.length === 0) return undefined;
  const media = (disks ?? []).filter(isMedium);
  const own = (disks ?? []).filter((disk) => !isMedium(disk));
  const isVolume = (disk: Disk): boolean => isVolumeDisk(disk, controllers, () => behind.some((drive) => isSameDrive(drive, disk)));
  const seen = oneOfNamespaces(own.filter((disk) => !isVolume(disk))).map(ownDrive);
  const { joined, rest } = joinSameDrives(seen, behind, withController);
  const drives = [...joined, ...rest];
  const volumes = machineVolumes(controllers, own.filter(isVolume));
  return { drives, volumes, media, isCounted: drives.length > 0 || !volumes.some(({ kind }) => kind === 'RAID volume') };
}

/** Sizes together, in bytes; what does not say its size counts nothing. */
export function bytesOf(drives: readonly { sizeBytes?: number }[]): number {
  return drives.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0);
}

function isMedium({ removable, mediumPresent, transport }: Disk): boolean {
  return removable === true || mediumPresent === false || transport === 'usb';
}

function ownDrive(disk: Disk): MachineDrive {
  const sizeBytes = disk.sizeBytes ?? printedBytes(disk.sizeText, 'multipath', 'drive');
  return { ...disk, ...definedOnly({ sizeBytes }), kind: driveKind(disk) };
}

/** Linux shows the drive itself: of its controller it has place and state, and what Linux does not know. */
function withController(disk: MachineDrive, { behind: _hidden, ...known }: MachineDrive): MachineDrive {
  return bothSayOf(disk, known);
}
