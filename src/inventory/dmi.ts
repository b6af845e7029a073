import type { Capture } from '../domain/capture.ts';
import { type DmiRecord, parseDmidecode } from './dmidecode-text.ts';
import { decodeText, wholeLines } from './text.ts';

/** The SMBIOS structures of a capture, empty when dmidecode gave none. */
export function dmiRecords(capture: Capture): DmiRecord[] {
  return parseDmidecode(wholeLines(decodeText(capture.output('dmidecode'))));
}

/** A file of the kernel's own copy of the SMBIOS strings, for machines without dmidecode. */
export function dmiId(capture: Capture, name: string): string | undefined {
  const bytes = capture.file(`sys/class/dmi/id/${name}`);
  return bytes === undefined ? undefined : decodeText(bytes);
}
