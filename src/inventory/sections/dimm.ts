import type { Dimm } from '../../domain/record/memory.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity, meaningfulLabel } from '../../domain/values/placeholder.ts';
import { cleanValue, wholeNumber } from '../../domain/values/text.ts';
import type { DmiRecord } from '../smbios/dmidecode-text.ts';
import { jedecManufacturer, jedecManufacturerId } from '../values/jedec-manufacturer.ts';
import { parseSize } from '../values/tool-size.ts';

/** SMBIOS type 17 structures; those that were cut off before they say whether the slot is empty are left out. */
export function readDimms(records: readonly DmiRecord[]): Dimm[] {
  return records.filter(({ fields }) => fields.has('Size') || isPopulated(fields)).map(readDimm);
}

/** Of an empty slot only its place is kept: what firmware writes there besides is noise. */
function readDimm(record: DmiRecord): Dimm {
  const { fields } = record;
  const place = { handle: record.handle, locator: locator(fields.get('Locator')), bankLocator: locator(fields.get('Bank Locator')) };
  if (!isPopulated(fields)) return definedOnly<Dimm>({ ...place, populated: false });
  const manufacturer = maker(fields.get('Manufacturer'));
  const totalWidthBits = bits(fields.get('Total Width'));
  const dataWidthBits = bits(fields.get('Data Width'));
  return definedOnly<Dimm>({
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
    manufacturerName: makerBehindNumber(fields.get('Module Manufacturer ID'), manufacturer),
    partNumber: partNumber(fields.get('Part Number')),
    serial: meaningfulIdentity(fields.get('Serial Number')),
    assetTag: meaningfulLabel(fields.get('Asset Tag')),
    rank: wholeNumber(fields.get('Rank')),
    totalWidthBits,
    dataWidthBits,
    ecc: hasCheckBits(totalWidthBits, dataWidthBits),
    nonVolatileBytes: parseSize(fields.get('Non-Volatile Size')),
  });
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

/** Of the module itself first: firmware writes the DRAM's maker as well, and has names of its own for many. Undefined where its name says the same. */
function makerBehindNumber(moduleId: string | undefined, manufacturer = ''): string | undefined {
  const name = jedecManufacturerId(moduleId) ?? jedecManufacturer(manufacturer);
  return name?.toLowerCase() === manufacturer.toLowerCase() ? undefined : name;
}

/** A number of JEDEC whose every digit is zero or F is none; a name has other letters. */
function maker(raw: string | undefined): string | undefined {
  const value = meaningful(raw);
  return value === undefined || /^(0x)?(0+|f{2,}|(ff|00)+)$/i.test(value) ? undefined : value;
}

/**
 * SPD keeps a part number in 18, 20 or 30 characters: some firmware prints them as hexadecimal digits, with or without their sign, or fills them with dashes or points behind the
 * number. Undefined where nothing but the filling is left.
 */
function partNumber(raw: string | undefined): string | undefined {
  const [, prefixed, bare] = /^(?:0x((?:[0-9a-f]{2}){4,})|((?:[0-9a-f]{2}){11,}))$/i.exec(raw?.trim() ?? '') ?? [];
  const digits = prefixed ?? bare;
  const bytes = digits === undefined ? undefined : Buffer.from(digits, 'hex');
  const isText = bytes?.every((byte) => byte === 0 || byte === 0xff || (byte >= 0x20 && byte <= 0x7e)) === true;
  const text = isText ? bytes?.toString('latin1').replaceAll(/[\0\xff]/g, ' ') : digits === undefined ? raw : undefined;
  return meaningful(text?.trim().replace(/(-{2,}|\.{2,}|_{2,})$/, ''));
}

/** The number is the same for MT/s and the older MHz; up to 2.11 the access time stands behind it, and `1 ns` alone is one. 65535 is not known. */
function transfers(raw: string | undefined): number | undefined {
  const found = /^(\d+)\s*(MT\/s|MHz)(?:\s*\([\d.]+ ns\))?$/i.exec(raw?.trim() ?? '');
  const speed = Number(found?.[1]);
  return speed > 0 && speed !== 0xffff ? speed : undefined;
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
