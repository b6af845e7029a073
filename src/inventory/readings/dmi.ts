import type { Capture } from '../../domain/capture.ts';
import { meaningfulIdentity } from '../../domain/values/placeholder.ts';
import { decodeText, wholeLines } from '../../domain/values/text.ts';
import { type DmiRecord, parseDmidecode, recordsOfType } from '../smbios/dmidecode-text.ts';
import { isSmbiosDump, readSmbiosDump, readSmbiosTable } from '../smbios/table.ts';
import { lshwRecords } from '../tools/lshw/records.ts';
import type { LshwNode } from '../tools/lshw/tree.ts';
import type { CopiedFiles } from '../values/copied-files.ts';

/**
 * The SMBIOS structures of a capture: from the texts of dmidecode (`dmidecode`, and slices such as `dmidecode-memory`), or where they hold
 * none or dmidecode did not end well, from the binary table. Empty when there is neither.
 */
export function readDmi(capture: Pick<Capture, 'index' | 'output' | 'file'>): DmiRecord[] {
  const slices = capture.index.commands.map((command) => command.id).filter((id) => id.startsWith('dmidecode-'));
  const outputs = ['dmidecode', ...slices].map((id) => capture.output(id));
  const texts = ofOneMachine(outputs.filter((output) => !isSmbiosDump(output)).map((output) => wholeLines(decodeText(output))));
  const records = parseDmidecode(texts.join('\n'));
  if (records.length > 0 && !hasFailed(capture)) return records;
  const dumps = outputs.filter((output) => isSmbiosDump(output));
  const fromTable = binaryRecords(capture, dumps);
  return fromTable.length > 0 ? fromTable : records;
}

/** Texts that two machines printed are not two slices: of those that name a machine the first counts. */
function ofOneMachine(texts: readonly string[]): string[] {
  const names = texts.map(machineIn);
  const first = names.find((name) => name !== undefined);
  return texts.filter((_, at) => names[at] === undefined || names[at] === first);
}

/** UUID and serial number of the machine that printed a text of dmidecode; undefined of a slice without them. */
export function machineIn(text: string): string | undefined {
  const system = recordsOfType(parseDmidecode(text), 1)[0];
  return system === undefined ? undefined : machineNamed(system);
}

/** The same of a structure of type 1. */
export function machineNamed({ fields }: DmiRecord): string | undefined {
  const parts = ['UUID', 'Serial Number']
    .map((key) => meaningfulIdentity(fields.get(key))?.toLowerCase())
    .filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' ');
}

/**
 * The structures of {@link readDmi}, and of those that it does not have what lshw took from the table: all of a type, and single ones where both
 * know structures of the type by the same handles. Only for what lshw keeps: that a structure is not among these says nothing of the machine. Of machine,
 * board and firmware the kernel's own copy goes before lshw, which shortens and guesses.
 */
export function dmiAndLshw(
  records: readonly DmiRecord[],
  lshw: readonly LshwNode[],
  files: Pick<CopiedFiles, 'list'>,
): readonly DmiRecord[] {
  const hasKernelCopy = files.list('sys/class/dmi/id').length > 0;
  const fromLshw = lshwRecords(lshw).filter(({ type }) => !hasKernelCopy || type > LAST_OF_KERNEL_COPY);
  const types = new Set([...records, ...fromLshw].map(({ type }) => type));
  // of a whole table nothing is missing
  const isWhole = recordsOfType(records, END_OF_TABLE).length > 0;
  return [...types].flatMap((type) => {
    const [own, others] = [recordsOfType(records, type), recordsOfType(fromLshw, type)];
    return isWhole && own.length > 0 ? own : joinedOfType(own, others);
  });
}

/** Structures without a handle in common could be of another machine, or of a type that lshw has none of. */
function joinedOfType(records: readonly DmiRecord[], fromLshw: readonly DmiRecord[]): readonly DmiRecord[] {
  if (records.length === 0) return fromLshw;
  const handles = new Set(records.map(({ handle }) => handle));
  const isSameTable = fromLshw.some(({ handle }) => handles.has(handle));
  return isSameTable ? [...records, ...fromLshw.filter(({ handle }) => !handles.has(handle))] : records;
}

/** DSP0134 7.46. */
const END_OF_TABLE = 127;
/** BIOS, system, board and chassis. */
const LAST_OF_KERNEL_COPY = 3;

/** It printed a part and stopped. */
function hasFailed({ index }: Pick<Capture, 'index'>): boolean {
  const command = index.commands.find(({ id }) => id === 'dmidecode');
  return command?.status === 'failed' || command?.status === 'timeout' || command?.truncated === true;
}

function binaryRecords(files: Pick<CopiedFiles, 'file'>, dumps: readonly Uint8Array[]): DmiRecord[] {
  const fromDump = dumps.map(readSmbiosDump).find((records) => records.length > 0);
  const table = files.file('sys/firmware/dmi/tables/DMI');
  return fromDump ?? (table === undefined ? [] : readSmbiosTable(table, files.file('sys/firmware/dmi/tables/smbios_entry_point')));
}
