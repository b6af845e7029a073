import { JEDEC_MAKERS } from './jedec-makers.ts';

/**
 * The maker behind a manufacturer field that holds a JEDEC JEP-106 number instead of a name. Firmware writes bank and number in
 * either order, with or without parity, and some write module and DRAM maker together (`0198000080AD`: first the module's, and where that is not known the
 * DRAM's). Undefined when the text is no such number or the number is not in the table.
 */
export function jedecManufacturer(raw: string): string | undefined {
  const digits = raw
    .toLowerCase()
    .replace(/^jedec id: ?/, '')
    .replaceAll(/ (?=[0-9a-f]{2}\b)/g, '')
    .replace(/^0x/, '');
  // of the first bank, whose makers need no continuation byte
  if (/^0x[0-9a-f]{2}$/i.test(raw)) return makerOf(0, digits);
  // seven continuation bytes at most, and then the number (JEP-106 up to bank 8, as DDR2 has it)
  const [, continued, last] = /^((?:7f){1,7})([0-9a-f]{2})(?:00|ff)*$/.exec(digits) ?? [];
  if (continued !== undefined && last !== undefined) return makerOf(continued.length / 2, last);
  if (!/^[0-9a-f]{4}([0-9a-f]{2})*$/.test(digits)) return undefined;
  const pairs = digits.length === 12 ? [digits.slice(0, 4), digits.slice(8)] : [digits.slice(0, 4)];
  const candidates = pairs.flatMap((pair) => [
    [pair.slice(0, 2), pair.slice(2)],
    [pair.slice(2), pair.slice(0, 2)],
  ]);
  // the number of a maker has the parity that JEP-106 demands, the count of continuation bytes may have it or not
  return candidates.map(([bank = '', number = '']) => makerOf(Number.parseInt(bank, 16) % 0x80, number)).find((name) => name !== undefined);
}

/** `Bank 1, Hex 0xCE` as dmidecode prints the number of the module's maker (SMBIOS 3.2). */
export function jedecManufacturerId(raw: string | undefined): string | undefined {
  const [, bank, number] = /^Bank (\d{1,2}), Hex 0x([0-9a-f]{2})$/i.exec(raw?.trim() ?? '') ?? [];
  return bank === undefined || number === undefined ? undefined : makerOf(Number(bank) - 1, number);
}

/** @param bank how many continuation bytes stand before the number */
function makerOf(bank: number, hex: string): string | undefined {
  const number = Number.parseInt(hex, 16);
  const ones = number.toString(2).replaceAll('0', '').length;
  // odd parity in the highest bit; a number below 128 may have lost it on the way
  if (number >= 0x80 && ones % 2 === 0) return undefined;
  return JEDEC_MAKERS[bank]?.[number % 0x80];
}
