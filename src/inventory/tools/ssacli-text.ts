import type { PhysicalDrive, RaidController, VirtualDrive } from '../../domain/record/raid.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../domain/values/placeholder.ts';
import { cleanValue, wholeNumber } from '../../domain/values/text.ts';
import { pciAddress } from '../values/pci-address.ts';

/**
 * Controllers, logical and physical drives of HPE's `ssacli ctrl all show config detail` and `ctrl slot=N ld all show`. What belongs to
 * what is said by headings; fields are `Key: value` lines below them.
 */
export function parseSsacli(text: string): RaidController[] {
  const controllers: RaidController[] = [];
  let fields = new Map<string, string>();
  const finish: (() => void)[] = [];
  const close = (): void => {
    for (const done of finish.splice(0)) done();
    fields = new Map();
  };
  for (const line of text.split('\n')) {
    const controller = /^(\S.*?) in Slot (\S+)/.exec(line);
    const logical = /^\s+Logical Drive: (\d+)\s*$/.exec(line);
    const physical = /^\s+physicaldrive ([\w:]+)\s*(?:\((.*)\))?\s*$/.exec(line);
    const current = controllers.at(-1);
    if (controller?.[1] !== undefined) {
      close();
      const made = definedOnly<RaidController>({
        id: `slot ${controller[2]}`,
        tool: 'ssacli',
        model: cleanValue(controller[1]),
        virtualDrives: [],
        physicalDrives: [],
      });
      controllers.push(made);
      const own = fields;
      finish.push(() => Object.assign(made, controllerFields(own)));
    } else if (logical?.[1] !== undefined && current !== undefined) {
      close();
      const own = fields;
      finish.push(() => current.virtualDrives.push(readLogical(logical[1] ?? '', own)));
    } else if (physical?.[1] !== undefined && current !== undefined) {
      const [, bay, summary] = physical;
      const place = bay ?? '';
      // a drive is listed below each array that it serves, with a short text, and once more with its fields
      if (summary !== undefined) addDrive(current, { slot: place, ...summaryFields(summary) });
      else {
        close();
        const own = fields;
        finish.push(() => addDrive(current, { slot: place, ...driveFields(own) }));
      }
    } else {
      const [, key, value] = /^\s+([^:]+?)\s*:\s+(.*\S)\s*$/.exec(line) ?? [];
      if (key !== undefined && value !== undefined && !fields.has(key)) fields.set(key, value);
    }
  }
  close();
  // the last of equal ones: a text may hold the same controller twice
  return [...new Map(controllers.map((controller) => [controller.id, controller])).values()];
}

function controllerFields(fields: ReadonlyMap<string, string>): Partial<RaidController> {
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

function readLogical(id: string, fields: ReadonlyMap<string, string>): VirtualDrive {
  const level = meaningful(fields.get('Fault Tolerance'));
  return definedOnly<VirtualDrive>({
    id,
    level: level === undefined ? undefined : `RAID${level}`,
    state: meaningful(fields.get('Status')),
    sizeText: meaningful(fields.get('Size')),
    name: meaningful(fields.get('Logical Drive Label')),
    cache: meaningful(fields.get('Caching')),
    device: /^\/dev\/(\S+)/.exec(fields.get('Disk Name') ?? '')?.[1],
  });
}

/** `port 2I:box 1:bay 7, Solid State SATA, 100 GB, OK`. */
function summaryFields(summary: string): Partial<PhysicalDrive> {
  const [, kind, size, state] = summary.split(',').map((part) => part.trim());
  return definedOnly<Partial<PhysicalDrive>>({ interface: meaningful(kind), sizeText: meaningful(size), state: meaningful(state) });
}

function driveFields(fields: ReadonlyMap<string, string>): Partial<PhysicalDrive> {
  return definedOnly<Partial<PhysicalDrive>>({
    state: meaningful(fields.get('Status')),
    interface: meaningful(fields.get('Interface Type')),
    sizeText: meaningful(fields.get('Size')),
    firmware: meaningful(fields.get('Firmware Revision')),
    serial: meaningfulIdentity(fields.get('Serial Number')),
    model: meaningful(fields.get('Model')),
    rotationRpm: wholeNumber(fields.get('Rotational Speed')),
    temperatureCelsius: wholeNumber(fields.get('Current Temperature (C)')),
  });
}

function addDrive(controller: RaidController, drive: PhysicalDrive): void {
  const known = controller.physicalDrives.find((other) => other.slot === drive.slot);
  if (known === undefined) controller.physicalDrives.push(drive);
  else Object.assign(known, drive);
}
