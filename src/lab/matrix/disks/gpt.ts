import { crc32 } from 'node:zlib';

const SECTOR_BYTES = 512;
const ENTRY_COUNT = 128;
const ENTRY_BYTES = 128;
const TABLE_SECTORS = (ENTRY_COUNT * ENTRY_BYTES) / SECTOR_BYTES;
const FIRST_USABLE = 2 + TABLE_SECTORS;

/** Types by which systemd finds partitions (UAPI Discoverable Partitions Specification), and the one that every GPT reader knows. */
export const PARTITION_TYPES = {
  esp: 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b',
  rootX8664: '4f68bce3-e8cd-4db1-96e7-fbcaf984b709',
  swap: '0657fd6d-a4ab-43c4-84e5-0933c84b4f4f',
  home: '933ac7e1-2eb4-4f13-b844-0e14e2aef915',
  linux: '0fc63daf-8483-4772-8e79-3d69d8477de4',
} as const;

export interface GptPartition {
  type: string;
  startBytes: number;
  sizeBytes: number;
}

/** The two ends of a disk with these partitions: what stands at its start and at its end. UEFI 2.10, section 5.3. */
export function gptEnds(diskSizeBytes: number, partitions: readonly GptPartition[]): { head: Buffer; tail: Buffer } {
  const lastSector = diskSizeBytes / SECTOR_BYTES - 1;
  const table = Buffer.alloc(ENTRY_COUNT * ENTRY_BYTES);
  for (const [index, { type, startBytes, sizeBytes }] of partitions.entries()) {
    const entry = table.subarray(index * ENTRY_BYTES, (index + 1) * ENTRY_BYTES);
    guidBytes(type).copy(entry, 0);
    guidBytes(`5245434f-4e00-4000-8000-0000000000${`${index + 1}`.padStart(2, '0')}`).copy(entry, 16);
    entry.writeBigUInt64LE(BigInt(startBytes / SECTOR_BYTES), 32);
    entry.writeBigUInt64LE(BigInt((startBytes + sizeBytes) / SECTOR_BYTES - 1), 40);
  }
  const head = Buffer.alloc(FIRST_USABLE * SECTOR_BYTES);
  protectiveRecord(lastSector).copy(head, 0);
  header({ own: 1, other: lastSector, table: 2, lastSector }, table).copy(head, SECTOR_BYTES);
  table.copy(head, 2 * SECTOR_BYTES);
  const backup = header({ own: lastSector, other: 1, table: lastSector - TABLE_SECTORS, lastSector }, table);
  return { head, tail: Buffer.concat([table, backup]) };
}

function header(at: { own: number; other: number; table: number; lastSector: number }, table: Uint8Array): Buffer {
  const sector = Buffer.alloc(SECTOR_BYTES);
  sector.write('EFI PART', 0, 'latin1');
  sector.writeUInt32LE(0x00010000, 8);
  sector.writeUInt32LE(92, 12);
  sector.writeBigUInt64LE(BigInt(at.own), 24);
  sector.writeBigUInt64LE(BigInt(at.other), 32);
  sector.writeBigUInt64LE(BigInt(FIRST_USABLE), 40);
  sector.writeBigUInt64LE(BigInt(at.lastSector - TABLE_SECTORS - 1), 48);
  guidBytes('5245434f-4e00-4000-8000-000000000000').copy(sector, 56);
  sector.writeBigUInt64LE(BigInt(at.table), 72);
  sector.writeUInt32LE(ENTRY_COUNT, 80);
  sector.writeUInt32LE(ENTRY_BYTES, 84);
  sector.writeUInt32LE(crc32(table), 88);
  sector.writeUInt32LE(crc32(sector.subarray(0, 92)), 16);
  return sector;
}

/** One entry of type 0xee over everything, so that readers of the old table keep off (section 5.2.3). */
function protectiveRecord(lastSector: number): Buffer {
  const sector = Buffer.alloc(SECTOR_BYTES);
  sector.writeUInt8(0xee, 450);
  sector.writeUInt32LE(1, 454);
  sector.writeUInt32LE(lastSector, 458);
  sector.writeUInt16BE(0x55aa, 510);
  return sector;
}

/** The first three groups of a GUID are little-endian (UEFI 2.10, appendix A). */
function guidBytes(text: string): Buffer {
  const bytes = Buffer.from(text.replaceAll('-', ''), 'hex');
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}
