import type { LabDimm } from '../plan/lab-hardware.ts';

/** QEMU's own memory maps (type 19) point to an array with this handle. */
const ARRAY_HANDLE = 0x1000;
const FIRST_DEVICE_HANDLE = 0x1100;
/** both: no such structure */
const NO_ERROR_INFORMATION = 0xfffe;
const KIB_PER_MIB = 1024;

/**
 * The SMBIOS structures of the memory slots: one Physical Memory Array (type 16) and a Memory Device (type 17) for each slot, each
 * with its strings, as QEMU's `-smbios file=` takes them. Lengths as of SMBIOS 2.8, which QEMU announces; DSP0134, sections 7.17
 * and 7.18. All modules are registered DDR4 with 64 bits of data and 8 check bits.
 * @throws RangeError for a module that has no size in whole MiB below 32 GiB
 */
export function smbiosMemoryTables(dimms: readonly LabDimm[]): Uint8Array[] {
  return [memoryArray(dimms), ...dimms.map(memoryDevice)];
}

function memoryArray(dimms: readonly LabDimm[]): Uint8Array {
  const table = header(16, 0x17, ARRAY_HANDLE);
  table.writeUInt8(0x03, 0x04); // on the system board
  table.writeUInt8(0x03, 0x05); // system memory
  table.writeUInt8(0x06, 0x06); // corrects errors of several bits
  const sizesMiB = dimms.map((dimm) => dimm.module?.sizeMiB ?? 0);
  table.writeUInt32LE(Math.max(...sizesMiB) * dimms.length * KIB_PER_MIB, 0x07);
  table.writeUInt16LE(NO_ERROR_INFORMATION, 0x0b);
  table.writeUInt16LE(dimms.length, 0x0d);
  return Buffer.concat([table, strings([])]);
}

function memoryDevice({ bank, locator, module }: LabDimm, index: number): Uint8Array {
  const table = header(17, 0x28, FIRST_DEVICE_HANDLE + index);
  table.writeUInt16LE(ARRAY_HANDLE, 0x04);
  table.writeUInt16LE(NO_ERROR_INFORMATION, 0x06);
  table.writeUInt8(0x09, 0x0e); // form factor DIMM
  table.writeUInt8(1, 0x10);
  table.writeUInt8(2, 0x11);
  if (module === undefined) {
    table.writeUInt16LE(0xffff, 0x08);
    table.writeUInt16LE(0xffff, 0x0a);
    table.writeUInt8(0x02, 0x12); // of unknown type
    table.writeUInt16LE(0x0004, 0x13);
    return Buffer.concat([table, strings([locator, bank])]);
  }
  const { assetTag, configuredSpeedMtps, manufacturer, partNumber, rank, ratedSpeedMtps, serial, sizeMiB } = module;
  if (!Number.isInteger(sizeMiB) || sizeMiB < 1 || sizeMiB >= 0x7fff) throw new RangeError(`${locator} cannot have ${sizeMiB} MiB`);
  table.writeUInt16LE(72, 0x08);
  table.writeUInt16LE(64, 0x0a);
  table.writeUInt16LE(sizeMiB, 0x0c);
  table.writeUInt8(0x1a, 0x12); // DDR4
  table.writeUInt16LE(0x2080, 0x13); // synchronous, registered
  table.writeUInt16LE(ratedSpeedMtps, 0x15);
  table.set([3, 4, 5, 6, rank], 0x17);
  table.writeUInt16LE(configuredSpeedMtps, 0x20);
  for (const offset of [0x22, 0x24, 0x26]) table.writeUInt16LE(1200, offset); // mV
  return Buffer.concat([table, strings([locator, bank, manufacturer, serial, assetTag, partNumber])]);
}

function header(type: number, length: number, handle: number): Buffer {
  const table = Buffer.alloc(length);
  table.set([type, length]);
  table.writeUInt16LE(handle, 0x02);
  return table;
}

/** Each ends with a zero, the last with two; none at all is two zeros (DSP0134, section 6.1.3). */
function strings(texts: readonly string[]): Buffer {
  return Buffer.from(texts.length === 0 ? '\0\0' : `${texts.join('\0')}\0\0`, 'latin1');
}
