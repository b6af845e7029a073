import type { DmiRecord } from './dmidecode-text.ts';
import { readEntryPoint } from './entry-point.ts';
import { HPE_LOCATOR, SMBIOS_DECODERS } from './fields.ts';
import { type SmbiosStructure, splitSmbiosTable } from './structures.ts';
import { textAt } from './values.ts';

/** True of a file that `dmidecode --dump-bin` wrote. */
export function isSmbiosDump(bytes: Uint8Array | undefined): bytes is Uint8Array {
  return bytes !== undefined && readEntryPoint(bytes) !== undefined;
}

/**
 * What `dmidecode --dump-bin` wrote: the entry point, and at the offset that it names the table. In the words of dmidecode's text, so that
 * both are read alike. Empty from what is no such file; never throws.
 */
export function readSmbiosDump(dump: Uint8Array): DmiRecord[] {
  const entryPoint = readEntryPoint(dump);
  if (entryPoint === undefined || entryPoint.tableAddress >= dump.length) return [];
  const { tableAddress, tableBytes, version } = entryPoint;
  return decode(dump.subarray(tableAddress, tableAddress + tableBytes), version);
}

/** The kernel's copies, /sys/firmware/dmi/tables/DMI and smbios_entry_point. Without the latter the version is not known. */
export function readSmbiosTable(table: Uint8Array, entryPoint: Uint8Array | undefined): DmiRecord[] {
  return decode(table, entryPoint === undefined ? undefined : readEntryPoint(entryPoint)?.version);
}

function decode(table: Uint8Array, version: number | undefined): DmiRecord[] {
  const structures = splitSmbiosTable(table);
  const isHpe = structures.some((structure) => structure.type === 1 && /^(HPE?|Hewlett[- ]Packard.*)$/.test(textAt(structure, 0x04) ?? ''));
  const records = structures.map((structure) => toRecord(structure, version, isHpe));
  // whole tables stand there twice on some boards
  return [...new Map(records.map((record, at) => [contentOf(structures[at], record), record])).values()];
}

function toRecord(structure: SmbiosStructure, version: number | undefined, isHpe: boolean): DmiRecord {
  const decoder = structure.type === 204 && isHpe ? HPE_LOCATOR : SMBIOS_DECODERS[structure.type];
  const isLongEnough = decoder !== undefined && structure.formatted.length >= decoder.leastBytes;
  const fields = isLongEnough ? Object.entries(decoder.fields(structure, version)) : [];
  const given = fields.filter((field): field is [string, string] => field[1] !== undefined);
  return {
    handle: `0x${structure.handle.toString(16).padStart(4, '0')}`,
    type: structure.type,
    title: decoder?.title ?? '',
    fields: new Map(given),
  };
}

function contentOf(structure: SmbiosStructure | undefined, record: DmiRecord): string {
  return [record.handle, record.type, ...(structure?.formatted ?? []), ...(structure?.strings ?? [])].join('\n');
}
