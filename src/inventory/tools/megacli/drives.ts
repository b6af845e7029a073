import type { PhysicalDrive, VirtualDrive } from '../../../domain/record/raid.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../../domain/values/placeholder.ts';
import { wholeNumber } from '../../../domain/values/text.ts';
import { driveVendor } from '../../values/drive-vendor.ts';
import { drivenTemperature } from '../../values/driven-temperature.ts';
import { bracketSectors, product } from '../../values/tool-size.ts';
import { wwnOfDigits } from '../../values/wwn.ts';
import { readInquiry } from './inquiry.ts';

type Fields = ReadonlyMap<string, string>;

/** A drive of `-PDList`, `-LdPdInfo` or `-CfgDsply`, from its lines. Undefined without a slot. */
export function readPhysicalDrive(fields: Fields): PhysicalDrive | undefined {
  const value = (key: string): string | undefined => meaningful(fields.get(key));
  const slot = value('Slot Number');
  if (slot === undefined) return undefined;
  const firmware = value('Device Firmware Level');
  const inquiry = readInquiry(fields.get('Inquiry Data') ?? '', firmware);
  const degrees = Number(/^(\d{1,3})\s*C\b/.exec(fields.get('Drive Temperature') ?? '')?.[1] ?? 0);
  const { sizeText, sizeBytes } = sizeOf(fields.get('Raw Size'));
  return definedOnly<PhysicalDrive>({
    enclosure: value('Enclosure Device ID'),
    slot,
    deviceId: value('Device Id'),
    state: value('Firmware state'),
    driveGroup: /\bDiskGroup: (\d+)/.exec(fields.get("Drive's position") ?? '')?.[1],
    sizeText,
    sizeBytes,
    interface: value('PD Type'),
    medium: MEDIA.find(([pattern]) => pattern.test(fields.get('Media Type') ?? ''))?.[1],
    vendor: driveVendor(inquiry?.vendor),
    model: meaningful(inquiry?.model),
    serial: meaningfulIdentity(inquiry?.serial),
    wwn: wwnOfDigits(value('WWN')),
    firmware,
    temperatureCelsius: drivenTemperature(degrees),
    mediaErrors: wholeNumber(fields.get('Media Error Count')),
    otherErrors: wholeNumber(fields.get('Other Error Count')),
    predictiveFailures: wholeNumber(fields.get('Predictive Failure Count')),
    // an alert is a verdict; its absence is none
    smartPassed: /^yes$/i.test(fields.get('Drive has flagged a S.M.A.R.T alert') ?? '') ? false : undefined,
  });
}

const MEDIA: readonly (readonly [RegExp, string])[] = [
  [/^Hard Disk/i, 'HDD'],
  [/^Solid State/i, 'SSD'],
];

/** `372.528 GB [0x2e90edd0 Sectors]`: how large a sector is follows from both; the line that says it has zero in older releases. */
function sizeOf(raw: string | undefined): { sizeText: string | undefined; sizeBytes: number | undefined } {
  const [, count, unit = ''] = /^([\d.]+)\s*([KMGTP])B\b/i.exec(raw ?? '') ?? [];
  if (raw === undefined || count === undefined) return { sizeText: undefined, sizeBytes: undefined };
  const printed = Number(count) * 1024 ** ('KMGTP'.indexOf(unit.toUpperCase()) + 1);
  const sizes = [512, 4096].map((bytes) => product(bracketSectors(raw), bytes));
  return {
    sizeText: `${count} ${unit.toUpperCase()}B`,
    sizeBytes: sizes.find((size) => size !== undefined && Math.abs(size / printed - 1) < 0.01),
  };
}

/** A volume of `-LDInfo`, `-LdPdInfo` or `-CfgDsply`, from its lines. */
export function readVirtualDrive(id: string, fields: Fields): VirtualDrive {
  const value = (key: string): string | undefined => meaningful(fields.get(key));
  return definedOnly<VirtualDrive>({
    id,
    level: levelOf(value('RAID Level'), wholeNumber(fields.get('Span Depth'))),
    state: value('State'),
    sizeText: value('Size'),
    name: value('Name'),
    cache: value('Current Cache Policy'),
  });
}

/** `Primary-5, Secondary-3, RAID Level Qualifier-3` is RAID 50 where it has several spans (SNIA DDF, 4.2.11). */
function levelOf(raw: string | undefined, spans: number | undefined): string | undefined {
  const [, primary, secondary] = /^Primary-(\d+), Secondary-(\d+)\b/.exec(raw ?? '') ?? [];
  if (primary === undefined) return raw;
  const isSpanned = (spans ?? 1) > 1 || (secondary === '3' && primary === '1');
  return `RAID${primary}${isSpanned && primary !== '0' ? '0' : ''}`;
}
