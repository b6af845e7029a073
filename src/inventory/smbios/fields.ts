import { memoryArrayFields, memoryDeviceFields } from './memory-fields.ts';
import { coolingFields, supplyFields, tpmFields } from './platform-fields.ts';
import { SLOT_LENGTHS, SLOT_USAGES, SLOT_WIDTHS, slotType } from './slot-words.ts';
import type { SmbiosStructure } from './structures.ts';
import { byteAt, type DmiFields, textAt, wordAt } from './values.ts';
import { BOARD_TYPES, CHASSIS_TYPES, PROCESSOR_STATES, PROCESSOR_TYPES, wordOf } from './words.ts';

/** How the structures of one SMBIOS type are read. */
export interface SmbiosDecoder {
  title: string;
  /** what the first version of the specification that has the type demands; a shorter structure is damaged */
  leastBytes: number;
  fields(structure: SmbiosStructure, version: number | undefined): DmiFields;
}

/** What decodes each SMBIOS type that the record takes anything from; `version` is that of the entry point. */
export const SMBIOS_DECODERS: Readonly<Record<number, SmbiosDecoder>> = {
  0: { title: 'BIOS Information', leastBytes: 0x12, fields: biosFields },
  1: { title: 'System Information', leastBytes: 0x08, fields: systemFields },
  2: { title: 'Base Board Information', leastBytes: 0x08, fields: boardFields },
  3: { title: 'Chassis Information', leastBytes: 0x09, fields: chassisFields },
  4: { title: 'Processor Information', leastBytes: 0x1a, fields: processorFields },
  9: { title: 'System Slot Information', leastBytes: 0x0c, fields: slotFields },
  16: { title: 'Physical Memory Array', leastBytes: 0x0f, fields: memoryArrayFields },
  17: { title: 'Memory Device', leastBytes: 0x15, fields: memoryDeviceFields },
  27: { title: 'Cooling Device', leastBytes: 0x0c, fields: coolingFields },
  39: { title: 'System Power Supply', leastBytes: 0x10, fields: supplyFields },
  43: { title: 'TPM Device', leastBytes: 0x1b, fields: tpmFields },
};

/**
 * HPE's own structure for a blade's place, type 204. Its layout is in no public specification; it is how dmidecode reads it on
 * machines whose maker is HP or HPE.
 */
export const HPE_LOCATOR: SmbiosDecoder = { title: 'HPE ProLiant System/Rack Locator', leastBytes: 0x0b, fields: hpeLocatorFields };

function hpeLocatorFields(locator: SmbiosStructure): DmiFields {
  return {
    'Rack Name': textAt(locator, 0x04),
    'Enclosure Name': textAt(locator, 0x05),
    'Enclosure Model': textAt(locator, 0x06),
    'Enclosure Serial': textAt(locator, 0x0a),
    'Server Bay': textAt(locator, 0x07),
  };
}

/** DSP0134 7.1. */
function biosFields(bios: SmbiosStructure): DmiFields {
  return { Vendor: textAt(bios, 0x04), Version: textAt(bios, 0x05), 'Release Date': textAt(bios, 0x08) };
}

/** DSP0134 7.2. */
function systemFields(system: SmbiosStructure, version: number | undefined): DmiFields {
  return {
    Manufacturer: textAt(system, 0x04),
    'Product Name': textAt(system, 0x05),
    Version: textAt(system, 0x06),
    'Serial Number': textAt(system, 0x07),
    UUID: uuidOf(system.formatted.subarray(0x08, 0x18), version),
    'SKU Number': textAt(system, 0x19),
    Family: textAt(system, 0x1a),
  };
}

/**
 * The first three parts are little-endian since version 2.6 (DSP0134 7.2.1) and were written either way before, which dmidecode prints
 * in the order of the bytes. Without a version the order is not known, and half a guess is no identity.
 */
function uuidOf(bytes: Uint8Array, version: number | undefined): string | undefined {
  if (bytes.length < 16) return undefined;
  if (bytes.every((byte) => byte === 0xff)) return 'Not Present';
  if (bytes.every((byte) => byte === 0)) return 'Not Settable';
  if (version === undefined) return undefined;
  const order = version >= 0x0206 ? [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15] : [...bytes.keys()];
  const digits = order.map((at) => (bytes[at] ?? 0).toString(16).padStart(2, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** DSP0134 7.3. */
function boardFields(board: SmbiosStructure): DmiFields {
  return {
    Manufacturer: textAt(board, 0x04),
    'Product Name': textAt(board, 0x05),
    Version: textAt(board, 0x06),
    'Serial Number': textAt(board, 0x07),
    'Asset Tag': textAt(board, 0x08),
    'Location In Chassis': textAt(board, 0x0a),
    Type: wordOf(BOARD_TYPES, byteAt(board, 0x0d)),
  };
}

/** DSP0134 7.4. The SKU stands behind the list of contained elements, which has a count and a length for each. */
function chassisFields(chassis: SmbiosStructure): DmiFields {
  const type = byteAt(chassis, 0x05);
  const listBytes = (byteAt(chassis, 0x13) ?? 0) * (byteAt(chassis, 0x14) ?? 0);
  return {
    Manufacturer: textAt(chassis, 0x04),
    // the highest bit tells whether there is a lock
    Type: wordOf(CHASSIS_TYPES, type === undefined ? undefined : type % 0x80),
    Version: textAt(chassis, 0x06),
    'Serial Number': textAt(chassis, 0x07),
    'Asset Tag': textAt(chassis, 0x08),
    Height: heightText(byteAt(chassis, 0x11)),
    'SKU Number': textAt(chassis, 0x15 + listBytes),
  };
}

/** In rack units; zero is not told. */
function heightText(rackUnits: number | undefined): string | undefined {
  return rackUnits === undefined ? undefined : rackUnits === 0 ? 'Unspecified' : `${rackUnits} U`;
}

/** DSP0134 7.5. */
function processorFields(processor: SmbiosStructure): DmiFields {
  const status = byteAt(processor, 0x18);
  const speed = wordAt(processor, 0x16);
  const isPopulated = ((status ?? 0) & 0x40) !== 0;
  return {
    'Socket Designation': textAt(processor, 0x04),
    Type: wordOf(PROCESSOR_TYPES, byteAt(processor, 0x05)),
    Version: textAt(processor, 0x10),
    'Current Speed': speed === undefined ? undefined : speed === 0 ? 'Unknown' : `${speed} MHz`,
    Status: status === undefined ? undefined : isPopulated ? `Populated, ${wordOf(PROCESSOR_STATES, status % 8, 0)}` : 'Unpopulated',
    'Core Count': countOf(processor, 0x23, 0x2a),
    'Core Enabled': countOf(processor, 0x24, 0x2c),
    'Thread Count': countOf(processor, 0x25, 0x2e),
  };
}

/** A count that does not fit a byte has 255 there and stands in a word (DSP0134 7.5.6 and after). */
function countOf(processor: SmbiosStructure, smallAt: number, largeAt: number): string | undefined {
  const small = byteAt(processor, smallAt);
  if (small === undefined || small === 0) return undefined;
  return String(small === 0xff ? (wordAt(processor, largeAt) ?? small) : small);
}

/** DSP0134 7.10. */
function slotFields(slot: SmbiosStructure): DmiFields {
  const width = wordOf(SLOT_WIDTHS, byteAt(slot, 0x06));
  const type = slotType(byteAt(slot, 0x05) ?? 0) ?? '<OUT OF SPEC>';
  return {
    Designation: textAt(slot, 0x04),
    Type: width === undefined ? undefined : `${width} ${type}`.trim(),
    'Current Usage': wordOf(SLOT_USAGES, byteAt(slot, 0x07)),
    Length: wordOf(SLOT_LENGTHS, byteAt(slot, 0x08)),
    'Bus Address': busAddressText(slot),
  };
}

function busAddressText(slot: SmbiosStructure): string | undefined {
  const [segment, bus, deviceFunction] = [wordAt(slot, 0x0d), byteAt(slot, 0x0f), byteAt(slot, 0x10)];
  if (segment === undefined || bus === undefined || deviceFunction === undefined) return undefined;
  if (segment === 0xffff && bus === 0xff && deviceFunction === 0xff) return undefined;
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
  return `${hex(segment, 4)}:${hex(bus, 2)}:${hex(deviceFunction >> 3, 2)}.${deviceFunction & 7}`;
}
