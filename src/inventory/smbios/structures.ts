/** One structure of an SMBIOS table, its fields not yet read. */
export interface SmbiosStructure {
  type: number;
  handle: number;
  /** the formatted area with its header; every offset of DSP0134 counts from its start */
  formatted: Uint8Array;
  strings: readonly string[];
}

/**
 * Cuts a table into structures (DSP0134 6.1): header, formatted area, strings each ended by NUL, one more NUL. It ends at type 127, at
 * a length that cannot be, and at a structure without an end: of a table that was cut off only whole structures count.
 */
export function splitSmbiosTable(table: Uint8Array): SmbiosStructure[] {
  const structures: SmbiosStructure[] = [];
  let at = 0;
  while (at + HEADER_BYTES <= table.length) {
    const length = table[at + 1] ?? 0;
    const end = stringsEnd(table, at + length);
    if (length < HEADER_BYTES || end === undefined) break;
    const formatted = table.subarray(at, at + length);
    const strings = readStrings(table.subarray(at + length, end));
    structures.push({ type: formatted[0] ?? 0, handle: (formatted[2] ?? 0) + (formatted[3] ?? 0) * 0x100, formatted, strings });
    if (table[at] === END_OF_TABLE) break;
    at = end;
  }
  return structures;
}

const HEADER_BYTES = 4;
const END_OF_TABLE = 127;

/** Behind the two NULs that end the strings; a structure without strings has just those. */
function stringsEnd(table: Uint8Array, start: number): number | undefined {
  for (let at = start; at + 1 < table.length; at++) {
    if (table[at] === 0 && table[at + 1] === 0) return at + 2;
  }
  return undefined;
}

/** What is no printable ASCII becomes a dot, as dmidecode does it: the encoding of such bytes is not known. */
function readStrings(bytes: Uint8Array): string[] {
  if (bytes.length <= 2) return [];
  const printable = Array.from(bytes, (byte) => (byte === 0 ? '\0' : String.fromCharCode(byte < 0x20 || byte > 0x7e ? 0x2e : byte)));
  return printable.join('').slice(0, -2).split('\0');
}
