import type { SmbiosStructure } from './structures.ts';

/** Fields of a structure in dmidecode's words; one that it is too short for is undefined. */
export type DmiFields = Readonly<Record<string, string | undefined>>;

/** Undefined where the structure ends before: older versions of the specification have fewer fields. */
export function byteAt(structure: SmbiosStructure, offset: number): number | undefined {
  return structure.formatted[offset];
}

/** Two bytes, the least first (DSP0134 5.1); undefined where the structure ends before. */
export function wordAt(structure: SmbiosStructure, offset: number): number | undefined {
  return joined(byteAt(structure, offset), byteAt(structure, offset + 1), 0x100);
}

/** Four bytes, the least first; undefined where the structure ends before. */
export function doubleWordAt(structure: SmbiosStructure, offset: number): number | undefined {
  return joined(wordAt(structure, offset), wordAt(structure, offset + 2), 0x1_0000);
}

/** Beyond 2^53 it is not exact. */
export function quadWordAt(structure: SmbiosStructure, offset: number): number | undefined {
  return joined(doubleWordAt(structure, offset), doubleWordAt(structure, offset + 4), 0x1_0000_0000);
}

/** The string that a byte counts to, in the words of dmidecode where it counts to none (DSP0134 6.1.3). */
export function textAt(structure: SmbiosStructure, offset: number): string | undefined {
  const index = byteAt(structure, offset);
  if (index === undefined) return undefined;
  return index === 0 ? 'Not Specified' : (structure.strings[index - 1] ?? '<BAD INDEX>').trim();
}

function joined(low: number | undefined, high: number | undefined, weight: number): number | undefined {
  return low === undefined || high === undefined ? undefined : low + high * weight;
}
