import { DATA_SIZES } from '../image/data-partition.ts';
import type { Extent } from './iso-tree.ts';

/** The partition table counts in these, on sticks and disks alike. */
export const SECTOR_BYTES = 512;
const TABLE_OFFSET = 446;
const ENTRY_BYTES = 16;
const MIB = 1024 * 1024;

/** What firmware and loaders look at first: partition table, loader, volume descriptors. It is written last. */
export const HEAD_BYTES = MIB;
/** At the end of a disk GPT, RAID controllers and ZFS keep what they know it by. */
export const TAIL_BYTES = MIB;

/** How an image lies on a disk. */
export interface DiskPlan {
  /** of the image that are copied: the tree with kernel and root, and the EFI partition */
  bodyBytes: number;
  /** the partition that a master writes to */
  data: Extent;
}

/** Where partitions of the image lie, by their numbers less one. An entry that is not used has size 0. */
export function partitionsOf(firstSector: Buffer): Extent[] {
  return [0, 1, 2, 3].map((index) => {
    const entry = TABLE_OFFSET + index * ENTRY_BYTES;
    return {
      startBytes: firstSector.readUInt32LE(entry + 8) * SECTOR_BYTES,
      sizeBytes: firstSector.readUInt32LE(entry + 12) * SECTOR_BYTES,
    };
  });
}

/** The smallest disk that an image fits on; undefined for what is no image of ours. */
export function neededBytes(firstSector: Buffer): number | undefined {
  const data = dataOf(firstSector);
  return data === undefined ? undefined : data.startBytes + DATA_SIZES.smallestBytes + TAIL_BYTES;
}

/** The image on a disk of that size: the data partition takes the rest, as far as that is sensible. Undefined when it does not fit. */
export function planDisk(firstSector: Buffer, diskBytes: number): DiskPlan | undefined {
  const data = dataOf(firstSector);
  if (data === undefined) return undefined;
  const restBytes = Math.floor((diskBytes - TAIL_BYTES - data.startBytes) / MIB) * MIB;
  if (restBytes < DATA_SIZES.smallestBytes) return undefined;
  return {
    bodyBytes: data.startBytes,
    data: { startBytes: data.startBytes, sizeBytes: Math.min(restBytes, DATA_SIZES.largestBytes) },
  };
}

/** Bytes of the third partition's entry in the table, for another size; the rest of the entry stays. */
export function dataEntryEdit(data: Extent): { offsetBytes: number; bytes: Buffer } {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(data.sizeBytes / SECTOR_BYTES);
  return { offsetBytes: TABLE_OFFSET + 2 * ENTRY_BYTES + 12, bytes };
}

function dataOf(firstSector: Buffer): Extent | undefined {
  if (firstSector.length < SECTOR_BYTES || firstSector.readUInt16LE(510) !== 0xaa55) return undefined;
  const [, efi, data] = partitionsOf(firstSector);
  if (efi === undefined || data === undefined || data.sizeBytes === 0) return undefined;
  // what comes before it is copied, the EFI partition too
  return data.startBytes >= efi.startBytes + efi.sizeBytes && data.startBytes > HEAD_BYTES ? data : undefined;
}
