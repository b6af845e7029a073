import type { Finding, RecordFinding } from '../../domain/record/finding.ts';
import type { PhysicalDrive, RaidController } from '../../domain/record/raid.ts';
import type { SoftwareRaid } from '../../domain/record/volumes.ts';
import { driveTrouble } from './drive-health.ts';
import { type NamedRecord, sectionData } from './judged-record.ts';

const GOOD_VOLUME = /^(optl|optimal|ok|online|initializing)/i;
/** As storcli, perccli, MegaCli and ssacli print them; spares, unconfigured and rebuilding drives are no trouble. */
const BAD_DRIVE = /^(offln|offline|failed|ubad|unconfigured\(bad\)|missing|predictive failure)/i;
const BAD_HEALTH = /^(ndatn|needs attention|dgd|degraded|fld|failed|critical)/i;
const BAD_BATTERY = /fail|missing|degraded|replace|not ok|bad/i;

/** RAID volumes that are not whole, drives behind a controller in trouble, weak batteries, software RAID with missing members. */
export function findStorageTrouble({ name, record }: NamedRecord): Finding[] {
  const storage = sectionData(record.sections.storage);
  const found = [
    ...(storage?.controllers ?? []).flatMap((controller, at) => controllerTrouble(controller, `storage.controllers[${at}]`)),
    ...(storage?.hiddenDrives ?? []).flatMap((drive, at) => driveTrouble(nameOf(drive), `storage.hiddenDrives[${at}]`, drive)),
    ...(storage?.softwareRaid ?? []).flatMap((raid, at) => softwareTrouble(raid, `storage.softwareRaid[${at}]`)),
  ];
  return found.map((finding) => ({ machine: name, ...finding }));
}

function controllerTrouble(controller: RaidController, path: string): RecordFinding[] {
  const who = ['controller', controller.id, controller.model].filter((part) => part !== undefined).join(' ');
  const volumes = controller.virtualDrives.flatMap((volume, at): RecordFinding[] => {
    if (volume.state === undefined || GOOD_VOLUME.test(volume.state)) return [];
    const message = `RAID volume ${volume.id} of ${who} is ${volume.state}`;
    return [{ severity: 'critical', code: 'raid-degraded', message, evidence: `${path}.virtualDrives[${at}].state` }];
  });
  const drives = controller.physicalDrives.flatMap((drive, at): RecordFinding[] => {
    const where = `${path}.physicalDrives[${at}]`;
    const message = `${nameOf(drive)} of ${who} is ${drive.state}`;
    const state: RecordFinding[] = BAD_DRIVE.test(drive.state ?? '')
      ? [{ severity: 'warning', code: 'raid-drive', message, evidence: `${where}.state` }]
      : [];
    return [...state, ...driveTrouble(`${nameOf(drive)} of ${who}`, where, drive)];
  });
  const own: RecordFinding[] = [];
  if (BAD_HEALTH.test(controller.health ?? '')) {
    own.push({ severity: 'warning', code: 'raid-controller', message: `${who} is ${controller.health}`, evidence: `${path}.health` });
  }
  const batteryState = controller.battery?.state ?? '';
  if (BAD_BATTERY.test(batteryState)) {
    const message = `the battery of ${who} is ${batteryState}`;
    own.push({ severity: 'warning', code: 'raid-battery', message, evidence: `${path}.battery.state` });
  }
  return [...volumes, ...own, ...drives];
}

function softwareTrouble({ name, uuid, level, deviceCount, members }: SoftwareRaid, path: string): RecordFinding[] {
  const working = members.filter((member) => !/spare|faulty/i.test(member.role ?? '')).length;
  if (deviceCount === undefined || working >= deviceCount) return [];
  const message = `software RAID ${[name ?? uuid, level].filter((part) => part !== undefined).join(' ')} has ${working} of ${deviceCount} members here`;
  return [{ severity: 'warning', code: 'raid-degraded', message, evidence: `${path}.members` }];
}

function nameOf({ enclosure, slot, deviceId, model, serial }: PhysicalDrive): string {
  const place = slot === undefined ? deviceId : [enclosure, slot].filter((part) => part !== undefined).join(':');
  return ['drive', place, model, serial].filter((part) => part !== undefined).join(' ');
}
