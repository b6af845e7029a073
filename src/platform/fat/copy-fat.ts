import { createHash } from 'node:crypto';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { type FatEntry, readDirectorySlots, SLOT_BYTES } from './directory-slots.ts';
import { FIRST_CLUSTER } from './fat-layout.ts';
import type { FatImage, FatVolume } from './fat-volume.ts';
import { FAT_SECTOR_BYTES, FAT_TABLES, type NewFat, reservedSectors, tableStart } from './new-fat.ts';

/** A file or directory of the copy: its clusters are neighbours. */
interface CopiedEntry {
  /** undefined: the root */
  entry: FatEntry | undefined;
  cluster: number;
  count: number;
  parent: CopiedEntry | undefined;
  /** of a directory, as it was */
  slots?: Buffer;
  /** in the order of its entries, without `.` and `..` */
  children: CopiedEntry[];
}

const ZEROS = Buffer.alloc(1024 * 1024);

/**
 * Writes a FAT32 file system with everything that another one has, in clusters of another size: names, dates and attributes byte for byte. What was
 * there is written over; the other one is only read. Its last write is the sector by which it is a file system.
 */
export async function copyFat(
  from: { volume: FatVolume; firstSector: Uint8Array },
  to: { image: FatImage; startBytes: number; fat: NewFat; volumeId: number },
): Promise<void> {
  const { image, startBytes, fat } = to;
  const clusterBytes = fat.sectorsPerCluster * FAT_SECTOR_BYTES;
  const placed = await place(from.volume, clusterBytes);
  const root = placed[0];
  const usedClusters = placed.reduce((sum, { count }) => sum + count, 0);
  if (root === undefined || usedClusters > fat.clusters) throw new RangeError(`${usedClusters} clusters do not fit`);
  const tableBytes = fat.tableSectors * FAT_SECTOR_BYTES;
  const tableOffset = (number: number): number => startBytes + fat.reservedSectors * FAT_SECTOR_BYTES + number * tableBytes;
  const dataOffset = tableOffset(FAT_TABLES);
  // what an earlier owner of the stick left there must not be read as a table, nor as a file system
  await writeZeros(image, startBytes, dataOffset - startBytes);
  const table = tableStart(placed.filter(({ count }) => count > 0).map(({ count }) => count));
  for (let number = 0; number < FAT_TABLES; number += 1) await image.write(tableOffset(number), table);
  for (const one of placed) {
    let at = dataOffset + (one.cluster - FIRST_CLUSTER) * clusterBytes;
    const end = at + one.count * clusterBytes;
    for await (const piece of one.slots === undefined ? from.volume.pieces(one.entry) : [withClusters(one)]) {
      await image.write(at, piece.subarray(0, Math.max(0, end - at)));
      at += piece.length;
    }
    if (at < end) await writeZeros(image, at, end - at);
  }
  const state = { startSector: startBytes / FAT_SECTOR_BYTES, volumeId: to.volumeId, rootCluster: root.cluster, usedClusters };
  const first = reservedSectors(from.firstSector, fat, state);
  await image.write(startBytes + FAT_SECTOR_BYTES, first.subarray(FAT_SECTOR_BYTES));
  await image.write(startBytes, first.subarray(0, FAT_SECTOR_BYTES));
}

/** What a file system holds, a line for each file and directory with its dates, attributes and hash: two that are alike have the same lines. */
export async function fatLines(volume: FatVolume): Promise<string[]> {
  const lines: string[] = [];
  const look = async (entry: FatEntry | undefined, path: string): Promise<void> => {
    const slots = await whole(volume, entry);
    for (const child of readDirectorySlots(slots).entries) {
      if (isDots(child)) continue;
      const own = Buffer.from(slots.subarray((child.slots.at(-1) ?? 0) * SLOT_BYTES).subarray(0, SLOT_BYTES));
      writeCluster(own, 0);
      const line = `${path}/${child.name} ${own.toString('hex')}`;
      if (child.isDirectory) {
        lines.push(line);
        await look(child, `${path}/${child.name}`);
      } else lines.push(`${line} ${await hashOf(volume, child)}`);
    }
  };
  await look(undefined, '');
  return lines.sort();
}

/** Whether everything in it can be read as it is written down: no damage that only a repair would show. */
export async function isSoundFat(volume: FatVolume): Promise<boolean> {
  const look = async (entry?: FatEntry): Promise<boolean> => {
    const { entries, holes, strays } = await volume.directory(entry);
    if (holes.length + strays.length > 0) return false;
    for (const child of entries) {
      if (!child.isSound || !volume.isWhole(child)) return false;
      if (child.isDirectory && !(await look(child))) return false;
    }
    return true;
  };
  return look();
}

/** Bytes of everything that is in it, in whole clusters of `clusterBytes`. */
export async function usedBytes(volume: FatVolume, clusterBytes: number): Promise<number> {
  const placed = await place(volume, clusterBytes);
  return placed.reduce((sum, { count }) => sum + count, 0) * clusterBytes;
}

async function place(volume: FatVolume, clusterBytes: number): Promise<CopiedEntry[]> {
  const all: CopiedEntry[] = [];
  let next = FIRST_CLUSTER;
  const add = async (entry: FatEntry | undefined, parent: CopiedEntry | undefined): Promise<CopiedEntry> => {
    const slots = entry === undefined || entry.isDirectory ? await whole(volume, entry) : undefined;
    const count = Math.ceil((slots?.length ?? entry?.sizeBytes ?? 0) / clusterBytes);
    const one: CopiedEntry = { entry, parent, count, cluster: count === 0 ? 0 : next, ...definedOnly({ slots }), children: [] };
    next += count;
    all.push(one);
    for (const child of slots === undefined ? [] : readDirectorySlots(slots).entries)
      if (!isDots(child)) one.children.push(await add(child, one));
    return one;
  };
  await add(undefined, undefined);
  return all;
}

/** The slots of a directory with the clusters that its entries have in the copy. */
function withClusters({ slots = Buffer.alloc(0), cluster, parent, children }: CopiedEntry): Buffer {
  const changed = Buffer.from(slots);
  const set = ({ slots: places }: FatEntry, to: number): void =>
    writeCluster(changed.subarray((places.at(-1) ?? 0) * SLOT_BYTES).subarray(0, SLOT_BYTES), to);
  for (const child of children) if (child.entry !== undefined) set(child.entry, child.cluster);
  for (const entry of readDirectorySlots(slots).entries) {
    if (entry.name === '.') set(entry, cluster);
    // the root is called 0 there
    if (entry.name === '..') set(entry, parent?.entry === undefined ? 0 : parent.cluster);
  }
  return changed;
}

function writeCluster(slot: Buffer, cluster: number): void {
  slot.writeUInt16LE(Math.floor(cluster / 0x10000), 20);
  slot.writeUInt16LE(cluster % 0x10000, 26);
}

async function whole(volume: FatVolume, entry: FatEntry | undefined): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of volume.pieces(entry)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function hashOf(volume: FatVolume, { cluster, sizeBytes }: FatEntry): Promise<string> {
  const hash = createHash('sha256');
  let left = sizeBytes;
  for await (const piece of volume.pieces({ cluster })) {
    hash.update(piece.subarray(0, left));
    left -= Math.min(left, piece.length);
  }
  return hash.digest('hex');
}

async function writeZeros(image: FatImage, offsetBytes: number, sizeBytes: number): Promise<void> {
  for (let at = 0; at < sizeBytes; at += ZEROS.length) await image.write(offsetBytes + at, ZEROS.subarray(0, sizeBytes - at));
}

function isDots({ name }: FatEntry): boolean {
  return name === '.' || name === '..';
}
