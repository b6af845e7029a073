import type { Capture } from '../../domain/capture.ts';
import { decodeText, wholeLines } from '../../domain/values/text.ts';
import { type DmiRecord, parseDmidecode } from '../smbios/dmidecode-text.ts';
import { isSmbiosDump, readSmbiosDump, readSmbiosTable } from '../smbios/table.ts';
import { lshwRecords } from '../tools/lshw/records.ts';
import { parseLshw } from '../tools/lshw/tree.ts';
import { copiedValue } from '../values/copied-files.ts';

/**
 * The SMBIOS structures of a capture: from the texts of dmidecode (`dmidecode`, and slices such as `dmidecode-memory`), or where they hold
 * none or dmidecode did not end well, from the binary table. Empty when there is neither.
 */
export function dmiRecords(capture: Capture): DmiRecord[] {
  const commands = capture.index.commands.filter((command) => /^dmidecode-/.test(command.id));
  const outputs = ['dmidecode', ...commands.map((command) => command.id)].map((id) => capture.output(id));
  const texts = outputs.filter((output) => !isSmbiosDump(output)).map((output) => wholeLines(decodeText(output)));
  const records = parseDmidecode(texts.join('\n'));
  if (records.length > 0 && !hasFailed(capture)) return records;
  const dumps = outputs.filter((output) => isSmbiosDump(output));
  const fromTable = binaryRecords(capture, dumps);
  return fromTable.length > 0 ? fromTable : records;
}

/**
 * As {@link dmiRecords}, and without any of them what lshw took from the table. Only for what lshw keeps: that a structure is not among
 * these says nothing of the machine. Of machine, board and firmware the kernel's own copy goes before lshw, which shortens and
 * guesses.
 */
export function dmiOrLshwRecords(capture: Capture): DmiRecord[] {
  const records = dmiRecords(capture);
  if (records.length > 0) return records;
  const hasKernelCopy = capture.list('sys/class/dmi/id').length > 0;
  return lshwRecords(parseLshw(capture.output('lshw'))).filter((record) => record.type > 3 || !hasKernelCopy);
}

/** A file of the kernel's own copy of the SMBIOS strings, for machines without dmidecode. */
export function dmiId(capture: Capture, name: string): string | undefined {
  return copiedValue(capture, `sys/class/dmi/id/${name}`);
}

/** It printed a part and stopped. */
function hasFailed(capture: Capture): boolean {
  const command = capture.index.commands.find(({ id }) => id === 'dmidecode');
  return command?.status === 'failed' || command?.status === 'timeout' || command?.truncated === true;
}

function binaryRecords(capture: Capture, dumps: readonly Uint8Array[]): DmiRecord[] {
  const fromDump = dumps.map(readSmbiosDump).find((records) => records.length > 0);
  const table = capture.file('sys/firmware/dmi/tables/DMI');
  return fromDump ?? (table === undefined ? [] : readSmbiosTable(table, capture.file('sys/firmware/dmi/tables/smbios_entry_point')));
}
