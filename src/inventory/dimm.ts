import type { Dimm } from '../domain/record/memory.ts';
import type { DmiRecord } from './dmidecode-text.ts';
import { jedecManufacturer } from './jedec-manufacturer.ts';
import { meaningful, meaningfulIdentity } from './placeholder.ts';
import { present } from './section.ts';
import { cleanValue, wholeNumber } from './text.ts';

/** SMBIOS type 17 structures; those that were cut off before they say whether the slot is empty are left out. */
export function readDimms(records: readonly DmiRecord[]): Dimm[] {
  return records.filter(({ fields }) => fields.has('Size') || isPopulated(fields)).map(readDimm);
}

/** Of an empty slot only its place is kept: what firmware writes there besides is noise. */
function readDimm(record: DmiRecord): Dimm {
  const { fields } = record;
  const place = { handle: record.handle, locator: locator(fields.get('Locator')), bankLocator: locator(fields.get('Bank Locator')) };
  if (!isPopulated(fields)) return present<Dimm>({ ...place, populated: false });
  const manufacturer = meaningful(fields.get('Manufacturer'));
  const totalWidthBits = bits(fields.get('Total Width'));
  const dataWidthBits = bits(fields.get('Data Width'));
  return present<Dimm>({
    ...place,
    populated: true,
    sizeBytes: parseSize(fields.get('Size')),
    type: meaningful(fields.get('Type')),
    formFactor: meaningful(fields.get('Form Factor')),
    technology: meaningful(fields.get('Memory Technology')),
    ratedSpeedMtps: transfers(fields.get('Speed')),
    // dmidecode up to 3.1 calls it Clock Speed
    configuredSpeedMtps: transfers(fields.get('Configured Memory Speed') ?? fields.get('Configured Clock Speed')),
    manufacturer,
    manufacturerName: manufacturer === undefined ? undefined : jedecManufacturer(manufacturer),
    partNumber: meaningful(fields.get('Part Number')),
    serial: meaningfulIdentity(fields.get('Serial Number')),
    assetTag: meaningfulIdentity(fields.get('Asset Tag')),
    rank: wholeNumber(fields.get('Rank')),
    totalWidthBits,
    dataWidthBits,
    ecc: hasCheckBits(totalWidthBits, dataWidthBits),
    nonVolatileBytes: parseSize(fields.get('Non-Volatile Size')),
  });
}

/** `16384 MB`, `32 GB`, `4096 kB`, `1 TB` in bytes; undefined for words and for zero. The units are powers of 1024. */
export function parseSize(raw: string | undefined): number | undefined {
  const found = /^\s*(\d+)\s*(bytes?|[kMGTP]i?B)\b/i.exec(raw ?? '');
  const power = ['b', 'k', 'm', 'g', 't', 'p'].indexOf(found?.[2]?.charAt(0).toLowerCase() ?? '?');
  const size = Number(found?.[1]) * 1024 ** power;
  return Number.isSafeInteger(size) && size > 0 ? size : undefined;
}

/**
 * `Size: Unknown` stands on fitted modules (SMBIOS 7.18.4: FFFFh, the size is not known), `No Module Installed` on empty
 * slots. In a text without the line, a serial or part number tells.
 */
function isPopulated(fields: ReadonlyMap<string, string>): boolean {
  const size = cleanValue(fields.get('Size'));
  if (size === undefined) return meaningfulIdentity(fields.get('Serial Number') ?? fields.get('Part Number')) !== undefined;
  return !/^(no module|not installed|none|empty)/i.test(size) && !/^0+\s*[kMGT]?B/i.test(size);
}

/** A slot's name may well be `NO DIMM` (some Supermicro boards); that is no name. */
function locator(raw: string | undefined): string | undefined {
  return meaningful(raw);
}

/** The number is the same for MT/s and the older MHz; `1 ns` of old tables is an access time. */
function transfers(raw: string | undefined): number | undefined {
  const found = /^(\d+)\s*(MT\/s|MHz)$/i.exec(raw?.trim() ?? '');
  const speed = Number(found?.[1]);
  return speed > 0 ? speed : undefined;
}

/** Some firmware writes 72 into both widths; no module has 72 bits of data. */
function hasCheckBits(totalWidthBits: number | undefined, dataWidthBits: number | undefined): boolean | undefined {
  if (totalWidthBits === undefined || dataWidthBits === undefined) return undefined;
  return totalWidthBits > dataWidthBits || [40, 72, 80, 144].includes(totalWidthBits);
}

function bits(raw: string | undefined): number | undefined {
  const width = Number(/^(\d+) bits?$/.exec(raw?.trim() ?? '')?.[1]);
  return width > 0 ? width : undefined;
}
