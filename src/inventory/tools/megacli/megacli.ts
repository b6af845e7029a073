import type { RaidController } from '../../../domain/record/raid.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../../domain/values/placeholder.ts';
import { decodeText, wholeLines, wholeNumber } from '../../../domain/values/text.ts';
import { drivenTemperature } from '../../values/driven-temperature.ts';
import { nonEmptyObject } from '../../values/non-empty.ts';
import { readPhysicalDrive, readVirtualDrive } from './drives.ts';

type Fields = Map<string, string>;

/** The lines of one controller, apart by what they are about. */
interface Adapter {
  own: Fields;
  volumes: Map<string, Fields>;
  drives: Fields[];
}

/**
 * Controllers from the text of MegaCli: `-AdpAllInfo`, `-PDList`, `-LDInfo`, `-LdPdInfo`, `-CfgDsply` and `-AdpBbuCmd`, in any number of outputs, which are put
 * together by the number of the adapter.
 */
export function parseMegacli(outputs: readonly (Uint8Array | undefined)[]): RaidController[] {
  const adapters = new Map<string, Adapter>();
  for (const output of outputs) collect(wholeLines(decodeText(output)), adapters);
  return [...adapters].map(([id, adapter]) => readAdapter(id, adapter)).filter(isDescribed);
}

/** `Adapter #0`, `Adapter 0 -- Virtual Drive Information:`, `Adapter: 0`, `BBU status for Adapter: 0`. */
const ADAPTER = /^\s*(?:BBU status for )?Adapter:? *#?(\d+)\b(?! *:)/i;
/** `Virtual Drive: 0 (Target Id: 0)`; older releases have `Virtual Disk`. */
const VOLUME = /^\s*(?:CacheCade )?Virtual (?:Drive|Disk): ?(\d+) \(Target Id: ?\d+\)/i;
const DRIVE = /^\s*Enclosure Device ID: /;
/** Behind these a drive or volume is not gone on with. */
const OTHER = /^\s*(PD: \d+ Information|Physical Disk: \d+|DISK GROUP|SPAN: |Span: \d+|Exit Code:|Hot Spare Information)/i;

function collect(text: string, adapters: Map<string, Adapter>): void {
  let adapter: Adapter | undefined;
  let fields: Fields | undefined;
  for (const line of text.split('\n')) {
    const [number, volume] = [ADAPTER.exec(line)?.[1], VOLUME.exec(line)?.[1]];
    if (number !== undefined) {
      adapter = adapters.get(number) ?? { own: new Map(), volumes: new Map(), drives: [] };
      adapters.set(number, adapter);
      fields = adapter.own;
    } else if (adapter === undefined) continue;
    else if (volume !== undefined) {
      fields = adapter.volumes.get(volume) ?? new Map();
      adapter.volumes.set(volume, fields);
    } else if (OTHER.test(line)) fields = undefined;
    else if (DRIVE.test(line)) {
      fields = new Map();
      adapter.drives.push(fields);
    }
    const [, key, value] = /^\s*([^:]*?\S) *: ?(.*)$/.exec(line) ?? [];
    if (fields !== undefined && key !== undefined && value?.trim() && !fields.has(key)) fields.set(key, value);
  }
}

function readAdapter(id: string, { own, volumes, drives }: Adapter): RaidController {
  const value = (key: string): string | undefined => meaningful(own.get(key));
  const known = drives.map(readPhysicalDrive).filter((drive) => drive !== undefined);
  const physicalDrives = new Map(known.toReversed().map((drive) => [`${drive.enclosure}:${drive.slot}:${drive.deviceId}`, drive]));
  return definedOnly<RaidController>({
    id,
    tool: 'megacli',
    model: value('Product Name'),
    serial: meaningfulIdentity(value('Serial No')),
    firmware: value('FW Version'),
    firmwarePackage: value('FW Package Build'),
    biosVersion: value('BIOS Version'),
    sasAddress: value('SAS Address')?.toLowerCase(),
    battery: batteryOf(own),
    virtualDrives: [...volumes].map(([number, fields]) => readVirtualDrive(number, fields)),
    physicalDrives: [...physicalDrives.values()].reverse(),
  });
}

/** Of `-AdpBbuCmd`; `-AdpAllInfo` says only whether there is one. */
function batteryOf(own: Fields): RaidController['battery'] {
  const battery = definedOnly<NonNullable<RaidController['battery']>>({
    model: meaningful(own.get('BatteryType')),
    state: meaningful(own.get('Battery State')),
    temperatureCelsius: drivenTemperature(wholeNumber(/^(\d{1,3}) C\b/.exec(own.get('Temperature') ?? '')?.[1])),
  });
  return nonEmptyObject(battery);
}

function isDescribed({ model, battery, virtualDrives, physicalDrives }: RaidController): boolean {
  return model !== undefined || battery !== undefined || virtualDrives.length > 0 || physicalDrives.length > 0;
}
