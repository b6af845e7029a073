import type { SmbiosStructure } from './structures.ts';
import { byteAt, type DmiFields, textAt, wordAt } from './values.ts';
import { COOLING_STATES, COOLING_TYPES, SUPPLY_STATES, wordOf } from './words.ts';

/** DSP0134 7.28, type 27. */
export function coolingFields(device: SmbiosStructure): DmiFields {
  const typeAndStatus = byteAt(device, 0x06);
  const speed = wordAt(device, 0x0c);
  return {
    Type: wordOf(COOLING_TYPES, typeAndStatus === undefined ? undefined : typeAndStatus % 0x20),
    Status: wordOf(COOLING_STATES, typeAndStatus === undefined ? undefined : typeAndStatus >> 5),
    'Nominal Speed': speed === undefined ? undefined : speed === 0x8000 ? 'Unknown Or Non-rotating' : `${speed} rpm`,
    Description: textAt(device, 0x0e),
  };
}

/** DSP0134 7.40, type 39. */
export function supplyFields(supply: SmbiosStructure): DmiFields {
  const flags = wordAt(supply, 0x0e) ?? 0;
  const watts = wordAt(supply, 0x0c);
  return {
    Location: textAt(supply, 0x05),
    Name: textAt(supply, 0x06),
    Manufacturer: textAt(supply, 0x07),
    'Serial Number': textAt(supply, 0x08),
    'Asset Tag': textAt(supply, 0x09),
    'Model Part Number': textAt(supply, 0x0a),
    Revision: textAt(supply, 0x0b),
    'Max Power Capacity': watts === undefined ? undefined : watts === 0x8000 ? 'Unknown' : `${watts} W`,
    Status: (flags & 0x02) === 0 ? 'Not Present' : `Present, ${wordOf(SUPPLY_STATES, (flags >> 7) % 8)}`,
    Plugged: (flags & 0x04) === 0 ? 'Yes' : 'No',
    'Hot Replaceable': (flags & 0x01) === 0 ? 'No' : 'Yes',
  };
}

/** DSP0134 7.44, type 43. */
export function tpmFields(tpm: SmbiosStructure): DmiFields {
  const major = byteAt(tpm, 0x08);
  return {
    'Vendor ID': vendorId(tpm.formatted.subarray(0x04, 0x08)),
    'Specification Version': `${major}.${byteAt(tpm, 0x09)}`,
    'Firmware Revision': firmwareRevision(tpm, major),
    Description: textAt(tpm, 0x12),
  };
}

/** Four characters, fewer with NUL behind them. */
function vendorId(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const given = end < 0 ? bytes : bytes.subarray(0, end);
  return String.fromCharCode(...given.map((byte) => (byte < 0x20 || byte > 0x7e ? 0x2e : byte)));
}

/** TPM 1.2 has it in bytes 2 and 3 of its TPM_VERSION, TPM 2.0 in the two halves of a double word. */
function firmwareRevision(tpm: SmbiosStructure, major: number | undefined): string | undefined {
  if (major === 1) return `${byteAt(tpm, 0x0c)}.${byteAt(tpm, 0x0d)}`;
  return major === 2 ? `${wordAt(tpm, 0x0c)}.${wordAt(tpm, 0x0a)}` : undefined;
}
