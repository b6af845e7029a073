import type { PhysicalDrive, RaidController, VirtualDrive } from '../../domain/record/raid.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../domain/values/placeholder.ts';
import { cleanValue, wholeNumber } from '../../domain/values/text.ts';
import { drivenTemperature } from '../values/driven-temperature.ts';
import { pciAddress } from '../values/pci-address.ts';
import { wwnOfDigits } from '../values/wwn.ts';
import { possibleHours } from './smartctl/units.ts';

/**
 * Controllers, arrays, logical and physical drives of HPE's `ssacli ctrl all show config`, with `detail` and without, and `ctrl slot=N ld all show`. What
 * belongs to what is said by headings; fields are `Key: value` lines below them, and in the short form the heading holds them in brackets.
 */
export function parseSsacli(text: string): RaidController[] {
  const controllers: RaidController[] = [];
  let array: string | undefined;
  let take: (fields: Fields) => void = () => {};
  let fields = new Map<string, string>();
  const begin = (next: (fields: Fields) => void): void => {
    take(fields);
    fields = new Map();
    take = next;
  };
  for (const line of text.split('\n')) {
    const [kind, id = '', summary] = headingOf(line);
    const current = controllers.at(-1);
    if (kind === 'controller') {
      const made = newController(line, id);
      controllers.push(made);
      array = undefined;
      begin((own) => Object.assign(made, controllerFields(own)));
    } else if (current === undefined) continue;
    else if (kind === 'array' || kind === 'other') {
      begin(() => {});
      array = kind === 'array' ? id || undefined : array;
    } else if (kind === 'logical') {
      const group = array;
      const drive = { ...logicalSummary(summary), ...definedOnly({ driveGroup: group }) };
      if (summary === undefined) begin((own) => addVolume(current, { ...drive, ...logicalFields(own), id }));
      else addVolume(current, { ...drive, id });
    } else if (kind === 'physical') {
      const drive: PhysicalDrive = { slot: id, ...definedOnly({ driveGroup: array }), ...driveSummary(summary) };
      // a drive is listed below each array that it serves, with a short text, and once more with its fields
      if (summary === undefined) begin((own) => addDrive(current, { ...drive, ...driveFields(own) }));
      else addDrive(current, drive);
    } else {
      const [, key, value] = FIELD.exec(line) ?? [];
      if (key !== undefined && value !== undefined && !fields.has(key)) fields.set(key, value);
    }
  }
  take(fields);
  // the last of equal ones: a text may hold the same controller twice
  return [...new Map(controllers.map((controller) => [controller.id, controller])).values()];
}

type Fields = ReadonlyMap<string, string>;

/** A key may have words in brackets with colons in them: `PCI Address (Domain:Bus:Device.Function)`. */
const FIELD = /^\s+((?:[^:(]|\([^)]*\))+?)\s*:\s+(.*\S)\s*$/;

const HEADINGS: readonly (readonly [kind: 'controller' | 'array' | 'logical' | 'physical' | 'other', line: RegExp])[] = [
  ['controller', /^\S.*? in Slot (\S+)/],
  ['logical', /^\s+logical ?drive:? (\d+)\s*(?:\((.*)\))?\s*$/i],
  ['physical', /^\s+physicaldrive ([\w:]+)\s*(?:\((.*)\))?\s*$/i],
  ['array', /^\s+array:? ([A-Z]{1,2})\b(?!\s*:)/i],
  ['array', /^\s+(?:unassigned|hba drives|hba)\s*()$/i],
  ['other', /^\s+(?:SEP|Enclosure|Expander|Drive Cage|Backplane|Port Name|Physical Drive Cage)\b/i],
];

function headingOf(line: string): [kind?: (typeof HEADINGS)[number][0], id?: string, summary?: string] {
  for (const [kind, pattern] of HEADINGS) {
    const found = pattern.exec(line);
    if (found !== null) return found[2] === undefined ? [kind, found[1] ?? ''] : [kind, found[1] ?? '', found[2]];
  }
  return [];
}

/** `Smart Array P410i in Slot 0 (Embedded)    (sn: 50123456789ABCDE)`. */
function newController(line: string, slot: string): RaidController {
  const [, model] = /^(\S.*?) in Slot/.exec(line) ?? [];
  const serial = meaningfulIdentity(/\(sn: *([^)]*)\)/i.exec(line)?.[1]);
  return definedOnly<RaidController>({
    id: `slot ${slot}`,
    tool: 'ssacli',
    model: cleanValue(model),
    serial,
    virtualDrives: [],
    physicalDrives: [],
  });
}

function controllerFields(fields: Fields): Partial<RaidController> {
  const battery = meaningful(fields.get('Battery/Capacitor Status'));
  return definedOnly<Partial<RaidController>>({
    serial: meaningfulIdentity(fields.get('Serial Number')),
    firmware: meaningful(fields.get('Firmware Version')),
    health: meaningful(fields.get('Controller Status')),
    driver: meaningful(fields.get('Driver Name')),
    pciAddress: pciAddress(/^\S+/.exec(fields.get('PCI Address (Domain:Bus:Device.Function)') ?? '')?.[0]),
    battery: battery === undefined ? undefined : { state: battery },
  });
}

function logicalFields(fields: Fields): Partial<VirtualDrive> {
  const level = meaningful(fields.get('Fault Tolerance'));
  return definedOnly<Partial<VirtualDrive>>({
    level: level === undefined ? undefined : `RAID${level}`,
    state: meaningful(fields.get('Status')),
    sizeText: meaningful(fields.get('Size')),
    name: meaningful(fields.get('Logical Drive Label')),
    cache: meaningful(fields.get('Caching')),
    device: /^\/dev\/(\S+)/.exec(fields.get('Disk Name') ?? '')?.[1],
  });
}

/** `2.2 TB, RAID 1+0, OK`. */
function logicalSummary(summary: string | undefined): Partial<VirtualDrive> {
  const [size, level, state] = partsOf(summary);
  return definedOnly<Partial<VirtualDrive>>({
    level: meaningful(level?.replace(/^RAID (?=\S)/i, 'RAID')),
    state: meaningful(state),
    sizeText: meaningful(size),
  });
}

/** `port 2I:box 1:bay 7, Solid State SATA, 100 GB, OK`. */
function driveSummary(summary: string | undefined): Partial<PhysicalDrive> {
  const [, kind, size, state] = partsOf(summary);
  return definedOnly<Partial<PhysicalDrive>>({
    interface: meaningful(kind),
    medium: mediumOf(kind),
    sizeText: meaningful(size),
    state: meaningful(state),
  });
}

function partsOf(summary: string | undefined): string[] {
  return summary?.split(',').map((part) => part.trim()) ?? [];
}

/** Of a drive that does not turn it says so; `SAS` and `SATA` alone are of those that do. */
function mediumOf(kind: string | undefined): string | undefined {
  return /solid state|\bSSD\b/i.test(kind ?? '') ? 'SSD' : /\bHDD\b|^(?:SAS|SATA)$/i.test(kind ?? '') ? 'HDD' : undefined;
}

function driveFields(fields: Fields): Partial<PhysicalDrive> {
  const remaining = Number(/^(\d{1,3}(?:\.\d+)?)\s*%$/.exec(fields.get('Usage remaining') ?? '')?.[1] ?? Number.NaN);
  return definedOnly<Partial<PhysicalDrive>>({
    state: meaningful(fields.get('Status')),
    interface: meaningful(fields.get('Interface Type')),
    medium: mediumOf(fields.get('Interface Type')),
    sizeText: meaningful(fields.get('Size')),
    firmware: meaningful(fields.get('Firmware Revision')),
    serial: meaningfulIdentity(fields.get('Serial Number')),
    wwn: wwnOfDigits(fields.get('WWID')),
    model: meaningful(fields.get('Model')),
    rotationRpm: wholeNumber(fields.get('Rotational Speed')),
    temperatureCelsius: drivenTemperature(wholeNumber(fields.get('Current Temperature (C)'))),
    powerOnHours: possibleHours(wholeNumber(fields.get('Power On Hours'))),
    wearPercent: remaining <= 100 ? Math.round(100 - remaining) : undefined,
  });
}

function addVolume(controller: RaidController, drive: VirtualDrive): void {
  const known = controller.virtualDrives.find((other) => other.id === drive.id);
  if (known === undefined) controller.virtualDrives.push(drive);
  else Object.assign(known, drive);
}

/** What is said of a drive below its array stays, where its own block has no array above it. */
function addDrive(controller: RaidController, drive: PhysicalDrive): void {
  const known = controller.physicalDrives.find((other) => other.slot === drive.slot);
  if (known === undefined) controller.physicalDrives.push(drive);
  else Object.assign(known, drive);
}
