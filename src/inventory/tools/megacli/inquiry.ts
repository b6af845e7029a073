import { cleanValue } from '../../../domain/values/text.ts';

/** What a drive answers to INQUIRY, as MegaCli prints it in one line. */
export interface Inquiry {
  vendor?: string | undefined;
  model: string | undefined;
  serial: string | undefined;
}

/**
 * The parts of `Inquiry Data`, which stand at fixed places: of SCSI vendor (8 characters), model (16), revision (4) and serial number (SPC-5, 6.7), of SATA serial
 * number (20), model (40) and revision (8) (ACS-4, IDENTIFY DEVICE). The revision, which MegaCli names besides, has to stand in its place: blanks that somebody's
 * copy has lost would make another serial number. Undefined then.
 * @param raw everything behind the colon and its one blank
 */
export function readInquiry(raw: string, firmware: string | undefined): Inquiry | undefined {
  if (firmware === undefined) return undefined;
  const scsi = { vendor: raw.slice(0, 8), model: raw.slice(8, 24), serial: raw.slice(28) };
  if (hasAt(raw, 24, 4, firmware)) return named(scsi);
  return hasAt(raw, 60, 8, firmware) ? named({ serial: raw.slice(0, 20), model: raw.slice(20, 60) }) : undefined;
}

/** Vendors may make the field longer than the standard has it; the beginning is the same. */
function hasAt(raw: string, at: number, length: number, firmware: string): boolean {
  const found = raw.slice(at, at + length).trim();
  return found !== '' && found === firmware.trim().slice(0, length).trim();
}

function named({ vendor, model, serial }: { vendor?: string; model: string; serial: string }): Inquiry {
  const isBus = vendor?.trim() === 'ATA';
  return { vendor: isBus ? undefined : cleanValue(vendor), model: cleanValue(model), serial: cleanValue(serial) };
}
