/** One structure of a table: type, handle, its bytes behind the header, its strings. */
export interface TableStructure {
  type: number;
  handle: number;
  /** offset as DSP0134 counts it → bytes there */
  at: Record<number, number[]>;
  /** of the formatted area, with the header */
  lengthBytes: number;
  strings?: string[];
}

/** An SMBIOS table as the kernel shows it, ended by type 127. */
export function smbiosTable(...structures: TableStructure[]): Buffer {
  const end: TableStructure = { type: 127, handle: 0xfffe, at: {}, lengthBytes: 4 };
  return Buffer.concat([...structures, end].map(structureBytes));
}

function structureBytes({ type, handle, at, lengthBytes, strings = [] }: TableStructure): Buffer {
  const formatted = Buffer.alloc(lengthBytes);
  formatted.set([type, lengthBytes, handle % 0x100, handle >> 8]);
  for (const [offset, bytes] of Object.entries(at))
    formatted.set(bytes.slice(0, Math.max(0, lengthBytes - Number(offset))), Number(offset));
  const texts = strings.length === 0 ? '\0' : strings.map((text) => `${text}\0`).join('');
  return Buffer.concat([formatted, Buffer.from(`${texts}\0`, 'latin1')]);
}

/** A 64-bit entry point of this version. */
export function smbiosEntryPoint(tableBytes: number, [major, minor]: readonly [number, number] = [3, 5], address = 32): Buffer {
  const entry = Buffer.alloc(24);
  entry.write('_SM3_', 'latin1');
  entry.set([24, major, minor, 0, 1], 6);
  entry.writeUInt32LE(tableBytes, 0x0c);
  entry.writeBigUInt64LE(BigInt(address), 0x10);
  entry[5] = -entry.reduce((sum, byte) => sum + byte, 0) & 0xff;
  return entry;
}

/** As `dmidecode --dump-bin` writes it: the table stands at 32. */
export function smbiosDump(table: Buffer, version?: readonly [number, number]): Buffer {
  return Buffer.concat([smbiosEntryPoint(table.length, version), Buffer.alloc(8), table]);
}

/** The word and the double word, least byte first. */
export const word = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff];
export const doubleWord = (value: number): number[] => [...word(value), ...word(Math.floor(value / 0x1_0000))];
