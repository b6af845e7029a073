import type { Dimm, MemorySection } from '../../domain/record/memory.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { wholeNumber } from '../../domain/values/text.ts';
import type { Readings } from '../readings/readings.ts';
import { type DmiRecord, recordsOfType } from '../smbios/dmidecode-text.ts';
import { lshwTotalBytes } from '../tools/lshw/records.ts';
import { type CopiedFiles, copiedText } from '../values/copied-files.ts';
import { type CommandLog, ok, type SectionResult } from '../values/section.ts';
import { parseSize, product } from '../values/tool-size.ts';
import { readDimms } from './dimm.ts';
import { notDescribed } from './dmi-absence.ts';
import { readFru } from './fru/fru.ts';
import { withFruModules } from './fru/parts.ts';
import { memoryControllers } from './memory-controllers.ts';

/** SMBIOS types 16 and 17, lshw, what the BMC knows of the modules, and what Linux can use. */
export function normaliseMemory(
  { dmi, dmiAndLshw: records, lshw, ipmi }: Pick<Readings, 'dmi' | 'dmiAndLshw' | 'lshw' | 'ipmi'>,
  capture: CopiedFiles & CommandLog,
): SectionResult<MemorySection> {
  const described = readDimms(recordsOfType(records, 17));
  const dimms = withFruModules(described, ipmi.frus.map(readFru));
  const known = memTotalBytes(copiedText(capture, 'proc/meminfo'));
  const totalBytes = known ?? (described.length === 0 ? lshwTotalBytes(lshw) : undefined);
  const ram = dimms.filter((dimm) => !isFirmwareFlash(dimm));
  // a BMC tells of modules, and of no empty slot
  const slots = described.length === 0 ? [] : ram;
  const data = definedOnly<Omit<MemorySection, 'dimms'>>({
    totalBytes,
    installedBytes: installedBytes(ram),
    ecc: eccOf(records, ram),
    eccModules: ram.some((dimm) => dimm.ecc !== undefined) ? ram.some((dimm) => dimm.ecc === true) : undefined,
    slots: slots.length > 0 ? slots.length : undefined,
    slotsPopulated: slots.length > 0 ? slots.filter((dimm) => dimm.populated).length : undefined,
    slotsEmpty: slots.length > 0 ? slots.filter((dimm) => !dimm.populated).length : undefined,
    nonVolatileBytes: sum(ram.map((dimm) => dimm.nonVolatileBytes)),
    maximumBytes: sum(systemArrays(records).map((fields) => parseSize(fields.get('Maximum Capacity')))),
    controllers: memoryControllers(capture),
  });
  // a board may tell what it can hold, and of no module
  return dimms.length > 0 || Object.keys(data).length > 0 ? ok({ ...data, dimms }) : notDescribed(dmi, capture, 'memory');
}

/** Some firmware lists the flash chip that holds itself as a memory device; the words are those of DSP0134 7.18.2. */
function isFirmwareFlash(dimm: Dimm): boolean {
  return /^(Flash|ROM|EEPROM|FEPROM|EPROM)$/.test(dimm.type ?? '');
}

function installedBytes(dimms: readonly Dimm[]): number | undefined {
  const sizes = dimms.filter((dimm) => dimm.sizeBytes !== undefined).map((dimm) => (dimm.sizeBytes ?? 0) - (dimm.nonVolatileBytes ?? 0));
  const total = sum(sizes);
  return total === undefined ? undefined : Math.max(0, total);
}

/**
 * The array's word first. Where it says nothing, modules with check bits speak: no other tool is asked, and ECC is never lost
 * because one line is missing.
 */
function eccOf(records: readonly DmiRecord[], dimms: readonly Dimm[]): string | undefined {
  const said = systemArrays(records)
    .map((fields) => fields.get('Error Correction Type') ?? '')
    .filter((text) => text !== '' && !/^(unknown|other|<)/i.test(text));
  const known = said.find((text) => text !== 'None') ?? said[0];
  return known ?? (dimms.some((dimm) => dimm.ecc === true) ? 'ECC' : undefined);
}

function systemArrays(records: readonly DmiRecord[]): ReadonlyMap<string, string>[] {
  const arrays = recordsOfType(records, 16).map((record) => record.fields);
  return arrays.filter((fields) => !/flash|cache|video|non-volatile/i.test(fields.get('Use') ?? ''));
}

function sum(sizes: readonly (number | undefined)[]): number | undefined {
  const known = sizes.filter((size) => size !== undefined);
  return known.length > 0 ? known.reduce((total, size) => total + size, 0) : undefined;
}

function memTotalBytes(meminfo: string): number | undefined {
  return product(wholeNumber(/^MemTotal:\s+(\d+) kB/m.exec(meminfo)?.[1]), 1024);
}
