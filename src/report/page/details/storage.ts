import type { RaidController } from '../../../domain/record/raid.ts';
import type { Disk, StorageSection } from '../../../domain/record/storage.ts';
import { driveSize } from '../../../domain/values/drive-size.ts';
import { DISK, type TableDisk } from '../../columns/disks.ts';
import { seenDrives } from '../../columns/seen-drives.ts';
import { VOLUME } from '../../columns/volumes.ts';
import { joined, type PartColumn, partList, shown } from './part-list.ts';

/** The drives of a machine, those behind RAID controllers among them, and beside them what is made of them and what is plugged in. */
export function machineStorage(disks: readonly Disk[] | undefined, storage: StorageSection | undefined): string {
  const all = seenDrives(disks, storage);
  return [
    partList(`Drives: ${all?.drives.length ?? 0}`, all?.drives, DRIVE_COLUMNS),
    partList('Volumes, made of drives', all?.volumes, [
      shown(VOLUME.name),
      shown(VOLUME.kind),
      shown(VOLUME.level),
      shown(VOLUME.state),
      shown(VOLUME.sizeBytes, driveSize),
      shown(VOLUME.label),
      shown(VOLUME.controller),
      shown(VOLUME.model),
      shown(VOLUME.serial),
    ]),
    partList('RAID controllers', storage?.controllers, CONTROLLER_COLUMNS),
    partList('Plugged in, or without a medium', all?.media, MEDIA_COLUMNS),
    partList('Software RAID', storage?.softwareRaid, [
      ['Name', (array) => array.name],
      ['Level', (array) => array.level],
      ['UUID', (array) => array.uuid],
    ]),
  ].join('');
}

const MEDIA_COLUMNS: readonly PartColumn<TableDisk>[] = [
  shown(DISK.name),
  shown(DISK.sizeBytes, driveSize),
  [DISK.model.label, (disk) => joined(disk.vendor, disk.model)],
  shown(DISK.serial),
  shown(DISK.firmware),
  shown(DISK.transport),
];

const DRIVE_COLUMNS: readonly PartColumn<TableDisk>[] = [
  shown(DISK.name),
  shown(DISK.kind),
  ...MEDIA_COLUMNS.slice(1),
  shown(DISK.enclosureSlot),
  ['Behind', (disk) => disk.behind],
  shown(DISK.state),
  shown(DISK.smartPassed, smartWords),
  shown(DISK.wearPercent),
  shown(DISK.powerOnHours),
];

const CONTROLLER_COLUMNS: readonly PartColumn<RaidController>[] = [
  ['Number', ({ id }) => id],
  ['Model', ({ model }) => model],
  ['Serial', ({ serial }) => serial],
  ['Firmware', ({ firmware, firmwarePackage }) => firmwarePackage ?? firmware],
  ['Health', ({ health }) => health],
  ['Battery', ({ battery }) => joined(battery?.model, battery?.state)],
];

function smartWords(passed: boolean | undefined): string | undefined {
  return passed === undefined ? undefined : passed ? 'passed' : 'FAILED';
}
