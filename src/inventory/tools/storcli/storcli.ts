import type { RaidController } from '../../../domain/record/raid.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../../domain/values/placeholder.ts';
import { decodeText, wholeLines } from '../../../domain/values/text.ts';
import { drivenTemperature } from '../../values/driven-temperature.ts';
import { asCount, asText, isObject, member, objects, parseToolJson } from '../../values/json-value.ts';
import { nonEmptyObject } from '../../values/non-empty.ts';
import { storcliPhysicalDrives } from './drives.ts';
import { storcliTextAnswers } from './text.ts';
import { storcliVirtualDrives } from './volumes.ts';

/** What storcli or perccli say, of all controllers. */
export interface StorcliAnswer {
  controllers: RaidController[];
  /** what it said instead of data, or beside it: `controller 0: Incomplete foreign configuration` */
  problems: string[];
}

/**
 * Reads storcli and perccli, as JSON or as text: `show`, `/call show [all]`, `/call/vall show all`, `/call/eall/sall show all`, `/call/sall show all`, in any number of outputs,
 * which are put together by controller. `Status: Failure` may come with data and without.
 */
export function parseStorcli(outputs: readonly (Uint8Array | undefined)[], tool: string): StorcliAnswer {
  const controllers = new Map<string, RaidController>();
  const problems = new Map<string, { id: string | undefined; said: string }>();
  for (const answer of outputs.flatMap(storcliAnswers)) {
    const status = answer['Command Status'];
    const id = asText(member(status, 'Controller'));
    for (const said of problemsOf(status)) problems.set(`${id}: ${said}`, { id, said });
    const data = answer['Response Data'];
    if (!isObject(data)) continue;
    const found =
      id === undefined
        ? [...objects(data['System Overview']), ...objects(data['IT System Overview'])].flatMap((row) => overviewRow(row, tool))
        : [readController(id, data, tool)];
    for (const controller of found) controllers.set(controller.id, join(controllers.get(controller.id), controller));
  }
  const withContent = [...controllers.values()].filter(
    (controller) => controller.model !== undefined || controller.physicalDrives.length > 0 || controller.virtualDrives.length > 0,
  );
  const hasDrives = new Set(withContent.filter(({ physicalDrives }) => physicalDrives.length > 0).map(({ id }) => id));
  // drives in enclosures and drives without one answer to two questions: one of them finds none
  const real = [...problems.values()].filter(({ id, said }) => !(id !== undefined && hasDrives.has(id) && NO_DRIVE.test(said)));
  return { controllers: withContent, problems: real.map(({ id, said }) => (id === undefined ? said : `controller ${id}: ${said}`)) };
}

/** One for each controller, from JSON or from text. */
export function storcliAnswers(bytes: Uint8Array | undefined): Record<string, unknown>[] {
  const answers = objects(member(parseToolJson(bytes), 'Controllers'));
  return answers.length > 0 ? answers : storcliTextAnswers(wholeLines(decodeText(bytes)));
}

const NO_DRIVE = /^(no (physical )?drives? (was |were )?found|drive not found|no (pd|drive|device)s? (found|available|exist))/i;

function problemsOf(status: unknown): string[] {
  if (asText(member(status, 'Status')) !== 'Failure') return [];
  const details = objects(member(status, 'Detailed Status'))
    .map((row) => meaningful(asText(row['ErrMsg'])))
    .filter((text) => text !== undefined && text !== '-');
  const description = meaningful(asText(member(status, 'Description')));
  const texts = [description, ...details].filter((text) => text !== undefined);
  return texts.length > 0 ? texts : ['the command failed'];
}

function overviewRow(row: Record<string, unknown>, tool: string): RaidController[] {
  const id = asText(row['Ctl']);
  if (id === undefined) return [];
  const battery = meaningful(asText(row['BBU']));
  return [
    definedOnly<RaidController>({
      id,
      tool,
      model: meaningful(asText(row['Model'])),
      health: meaningful(asText(row['Hlth'])),
      battery: battery === undefined || battery === '-' ? undefined : { state: battery },
      virtualDrives: [],
      physicalDrives: [],
    }),
  ];
}

/** `show` has everything at one level, `show all` has it in groups; the keys are the same. */
function readController(id: string, data: Record<string, unknown>, tool: string): RaidController {
  const groups = [data, ...['Basics', 'Version', 'Bus', 'Status', 'HwCfg'].map((key) => data[key])].filter(isObject);
  const value = (...keys: string[]): string | undefined =>
    keys.flatMap((key) => groups.map((group) => meaningful(asText(group[key])))).find((text) => text !== undefined);
  return definedOnly<RaidController>({
    id,
    tool,
    model: value('Product Name', 'Model'),
    serial: meaningfulIdentity(value('Serial Number')),
    firmware: value('FW Version', 'Firmware Version'),
    firmwarePackage: value('FW Package Build', 'Firmware Package Build'),
    biosVersion: value('BIOS Version', 'Bios Version'),
    driver: value('Driver Name'),
    sasAddress: value('SAS Address')?.toLowerCase(),
    pciAddress: pciAddress(value('PCI Address')),
    health: value('Controller Status'),
    battery: batteryOf(data),
    foreignDrives: asCount(data['Total Foreign PDs']),
    virtualDrives: storcliVirtualDrives(data),
    physicalDrives: storcliPhysicalDrives(data),
  });
}

/** `00:3d:00:00` is domain, bus, device and function. */
function pciAddress(text: string | undefined): string | undefined {
  const [, domain, bus, device, fn] = /^([0-9a-f]{2,4}):([0-9a-f]{2}):([0-9a-f]{2}):0?([0-7])$/i.exec(text ?? '') ?? [];
  return domain === undefined ? undefined : `${domain.padStart(4, '0')}:${bus}:${device}.${fn}`.toLowerCase();
}

function batteryOf(data: Record<string, unknown>): RaidController['battery'] {
  const row = [...objects(data['BBU_Info']), ...objects(data['Cachevault_Info'])][0];
  if (row === undefined) return undefined;
  const degrees = /^(-?\d{1,3})\s*C$/.exec(asText(row['Temp']) ?? '')?.[1];
  const battery = definedOnly<NonNullable<RaidController['battery']>>({
    model: meaningful(asText(row['Model'])),
    state: meaningful(asText(row['State'])),
    temperatureCelsius: drivenTemperature(Number(degrees)),
  });
  return nonEmptyObject(battery);
}

/** Of two lists the longer, and of two drives in the same place the one with more to say. */
function join(before: RaidController | undefined, now: RaidController): RaidController {
  if (before === undefined) return now;
  return {
    ...before,
    ...now,
    virtualDrives: merge(before.virtualDrives, now.virtualDrives, (drive) => drive.id),
    physicalDrives: merge(before.physicalDrives, now.physicalDrives, (drive) => `${drive.enclosure}:${drive.slot}:${drive.deviceId}`),
  };
}

function merge<T extends object>(before: readonly T[], now: readonly T[], key: (item: T) => string): T[] {
  const items = new Map(before.map((item) => [key(item), item]));
  for (const item of now) items.set(key(item), { ...items.get(key(item)), ...item });
  return [...items.values()];
}
