import type { PhysicalDrive, RaidController } from '../../../domain/record/raid.ts';
import type { Disk, StorageSection } from '../../../domain/record/storage.ts';
import { decimalSize } from '../../../domain/values/shown-size.ts';
import { DISK, drivePlace } from '../../columns/disks.ts';
import { joined, type PartColumn, partList, shown } from './part-list.ts';

/** Disks, and what RAID controllers hide behind volumes. */
export function machineStorage(disks: readonly Disk[] | undefined, storage: StorageSection | undefined): string {
  return [
    partList('Disks', disks, [
      shown(DISK.name),
      shown(DISK.sizeBytes, decimalSize),
      [DISK.model.label, (disk) => joined(disk.vendor, disk.model)],
      shown(DISK.serial),
      shown(DISK.firmware),
      shown(DISK.transport),
      shown(DISK.enclosureSlot),
      shown(DISK.smartPassed, smartWords),
      shown(DISK.wearPercent),
      shown(DISK.powerOnHours),
    ]),
    ...(storage?.controllers ?? []).map(controllerParts),
    partList('Drives behind a controller', storage?.hiddenDrives, DRIVE_COLUMNS),
    partList('Software RAID', storage?.softwareRaid, [
      ['Name', (array) => array.name],
      ['Level', (array) => array.level],
      ['UUID', (array) => array.uuid],
    ]),
  ].join('');
}

const DRIVE_COLUMNS: readonly PartColumn<PhysicalDrive>[] = [
  ['Slot', drivePlace],
  ['State', ({ state }) => state],
  ['Size', ({ sizeBytes, sizeText }) => decimalSize(sizeBytes) ?? sizeText],
  ['Model', ({ vendor, model }) => joined(vendor, model)],
  ['Serial', ({ serial }) => serial],
  ['Firmware', ({ firmware }) => firmware],
  ['Interface', (drive) => joined(drive.interface, drive.medium)],
  ['SMART', ({ smartPassed }) => smartWords(smartPassed)],
];

function controllerParts(controller: RaidController): string {
  const { virtualDrives, physicalDrives } = controller;
  return [
    partList(
      'RAID controller',
      [controller],
      [
        ['Number', ({ id }) => id],
        ['Model', ({ model }) => model],
        ['Serial', ({ serial }) => serial],
        ['Firmware', ({ firmware, firmwarePackage }) => firmwarePackage ?? firmware],
        ['Health', ({ health }) => health],
        ['Battery', ({ battery }) => joined(battery?.model, battery?.state)],
      ],
    ),
    partList('Its volumes', virtualDrives, [
      ['Number', ({ id }) => id],
      ['Level', ({ level }) => level],
      ['State', ({ state }) => state],
      ['Size', ({ sizeBytes, sizeText }) => decimalSize(sizeBytes) ?? sizeText],
      ['Name', ({ name }) => name],
      ['Disk', ({ device }) => device],
    ]),
    partList('Its drives', physicalDrives, DRIVE_COLUMNS),
  ].join('');
}

function smartWords(passed: boolean | undefined): string | undefined {
  return passed === undefined ? undefined : passed ? 'passed' : 'FAILED';
}
