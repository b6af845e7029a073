import { ARRAY_USES, ERROR_CORRECTION_TYPES, FORM_FACTORS, MEMORY_TECHNOLOGIES, MEMORY_TYPES } from './memory-words.ts';
import type { SmbiosStructure } from './structures.ts';
import { byteAt, type DmiFields, doubleWordAt, quadWordAt, textAt, wordAt } from './values.ts';
import { wordOf } from './words.ts';

/** DSP0134 7.17, type 16. */
export function memoryArrayFields(array: SmbiosStructure): DmiFields {
  const kibibytes = doubleWordAt(array, 0x07);
  return {
    Use: wordOf(ARRAY_USES, byteAt(array, 0x05)),
    'Error Correction Type': wordOf(ERROR_CORRECTION_TYPES, byteAt(array, 0x06)),
    // 2 TB and more stand in a field of their own
    'Maximum Capacity': kibibytes === 0x8000_0000 ? sizeText(quadWordAt(array, 0x0f), 'bytes') : sizeText(kibibytes, 'kB'),
  };
}

/** DSP0134 7.18, type 17. */
export function memoryDeviceFields(device: SmbiosStructure): DmiFields {
  const place = { Size: deviceSize(device), Locator: textAt(device, 0x10), 'Bank Locator': textAt(device, 0x11) };
  return {
    'Total Width': widthText(wordAt(device, 0x08)),
    'Data Width': widthText(wordAt(device, 0x0a)),
    'Form Factor': wordOf(FORM_FACTORS, byteAt(device, 0x0e)),
    Type: wordOf(MEMORY_TYPES, byteAt(device, 0x12)),
    Speed: speedText(wordAt(device, 0x15), doubleWordAt(device, 0x54)),
    Manufacturer: textAt(device, 0x17),
    'Serial Number': textAt(device, 0x18),
    'Asset Tag': textAt(device, 0x19),
    'Part Number': textAt(device, 0x1a),
    Rank: rank(byteAt(device, 0x1b)),
    'Configured Memory Speed': speedText(wordAt(device, 0x20), doubleWordAt(device, 0x58)),
    'Memory Technology': wordOf(MEMORY_TECHNOLOGIES, byteAt(device, 0x28)),
    'Non-Volatile Size': nonVolatileSize(device),
    ...place,
  };
}

/** Size and Extended Size, DSP0134 7.18.4 and 7.18.5: the highest bit of the word chooses kB, 7FFFh sends to the double word. */
function deviceSize(device: SmbiosStructure): string | undefined {
  const size = wordAt(device, 0x0c);
  if (size === undefined) return undefined;
  if (size === 0) return 'No Module Installed';
  if (size === 0xffff) return 'Unknown';
  const extended = doubleWordAt(device, 0x1c);
  if (size === 0x7fff && extended !== undefined) return sizeText(extended % 0x8000_0000, 'MB');
  return size >= 0x8000 ? sizeText(size - 0x8000, 'kB') : sizeText(size, 'MB');
}

/** All ones: not known. */
function nonVolatileSize(device: SmbiosStructure): string | undefined {
  if (doubleWordAt(device, 0x34) === 0xffff_ffff && doubleWordAt(device, 0x38) === 0xffff_ffff) return 'Unknown';
  const bytes = quadWordAt(device, 0x34);
  return bytes === 0 ? 'None' : sizeText(bytes, 'bytes');
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** In the largest unit that comes out even, so that nothing is lost. Undefined for what a double cannot hold exactly. */
function sizeText(count: number | undefined, unit: string): string | undefined {
  if (count === undefined || !Number.isSafeInteger(count)) return undefined;
  let [amount, at] = [count, UNITS.indexOf(unit)];
  while (amount > 0 && amount % 1024 === 0 && at < UNITS.length - 1) [amount, at] = [amount / 1024, at + 1];
  return `${amount} ${UNITS[at]}`;
}

function widthText(width: number | undefined): string | undefined {
  if (width === undefined) return undefined;
  return width === 0 || width === 0xffff ? 'Unknown' : `${width} bits`;
}

/** Zero is not known, FFFFh sends to the extended field (DSP0134 7.18). */
function speedText(speed: number | undefined, extended: number | undefined): string | undefined {
  if (speed === undefined) return undefined;
  const real = speed === 0xffff ? (extended ?? 0) % 0x8000_0000 : speed;
  return real === 0 ? 'Unknown' : `${real} MT/s`;
}

function rank(attributes: number | undefined): string | undefined {
  if (attributes === undefined) return undefined;
  return attributes % 16 === 0 ? 'Unknown' : String(attributes % 16);
}
