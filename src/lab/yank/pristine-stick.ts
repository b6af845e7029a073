import { join } from 'node:path';
import { makeDataFileSystem } from '../../builder/image/data-partition.ts';
import { createSparseFile, writeAt } from '../../platform/machine/disk-image-file.ts';
import { openRawImage } from '../../platform/machine/raw-image.ts';
import { type SeededNumbers, seededNumbers } from './guest/seeded-numbers.ts';
import { PARTITION_SECTOR } from './guest/task.ts';

const SECTOR_BYTES = 512;
/** Small, so that a visit goes around it more than once and space of removed files is used again. */
const PARTITION_BYTES = 64 * 1024 * 1024;
const BLOCK_BYTES = 1024 * 1024;
const FAT32_LBA = 0x0c;
/** Disk signature, partition entry and boot signature of a master boot record (UEFI specification, section 5.2.1). */
const MBR = { signature: 440, firstEntry: 446, end: 510 } as const;

/**
 * A stick that was used before: between its files lie noise and the entries of directories that were removed, as a file system leaves them.
 * Whoever takes a new, not yet written cluster for a directory then finds entries that point at other people's clusters.
 */
export async function makePristineStick(path: string, seed: string, directory: string): Promise<void> {
  const partition = join(directory, 'partition.img');
  await createSparseFile(partition, PARTITION_BYTES);
  {
    await using image = await openRawImage(partition, 'read-write');
    const random = seededNumbers(seed, 'leftovers');
    for (let at = 0; at < PARTITION_BYTES; at += BLOCK_BYTES) await image.write(at, leftovers(random, BLOCK_BYTES));
  }
  await makeDataFileSystem(partition, 1);
  await createSparseFile(path, PARTITION_SECTOR * SECTOR_BYTES + PARTITION_BYTES);
  await using from = await openRawImage(partition, 'read');
  await using to = await openRawImage(path, 'read-write');
  await to.write(0, masterBootRecord(1));
  for (let at = 0; at < PARTITION_BYTES; at += BLOCK_BYTES)
    await to.write(PARTITION_SECTOR * SECTOR_BYTES + at, await from.read(at, BLOCK_BYTES));
}

/** The signature tells the disks of one machine apart. */
export async function signDisk(path: string, signature: number): Promise<void> {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  await writeAt(path, MBR.signature, bytes);
}

function masterBootRecord(signature: number): Buffer {
  const sector = Buffer.alloc(SECTOR_BYTES);
  sector.writeUInt32LE(signature, MBR.signature);
  sector.writeUInt8(FAT32_LBA, MBR.firstEntry + 4);
  sector.writeUInt32LE(PARTITION_SECTOR, MBR.firstEntry + 8);
  sector.writeUInt32LE(PARTITION_BYTES / SECTOR_BYTES, MBR.firstEntry + 12);
  sector.writeUInt16BE(0x55aa, MBR.end);
  return sector;
}

/** Sectors of noise, and of directory entries. */
export function leftovers(random: SeededNumbers, sizeBytes: number): Buffer {
  const bytes = random.bytes(sizeBytes);
  for (let at = 0; at < sizeBytes; at += SECTOR_BYTES)
    if (random.next() < 0.5)
      for (let entry = 0; entry < SECTOR_BYTES; entry += 32) leftoverEntry(random, bytes.subarray(at + entry, at + entry + 32));
  return bytes;
}

/** A short entry (FAT specification 1.03, section 6): a file of a record, or a revision's directory, somewhere in the first part of the stick. */
function leftoverEntry(random: SeededNumbers, entry: Buffer): void {
  const cluster = 3 + random.below(0x8000);
  const isFile = random.next() < 0.7;
  entry.fill(0);
  entry.write(isFile ? `RECORD~${random.below(9) + 1}JSO` : `${String(random.below(10_000)).padStart(4, '0')}       `, 0, 'latin1');
  entry.writeUInt8(isFile ? 0x20 : 0x10, 11);
  entry.writeUInt16LE(cluster >> 16, 20);
  entry.writeUInt16LE(cluster & 0xffff, 26);
  entry.writeUInt32LE(isFile ? 1 + random.below(60_000) : 0, 28);
}
