import type { MachineMemory } from '../../../platform/machine/machine-memory.ts';

const MEBIBYTE = 1024 * 1024;
/** A head node may have much memory, images of several GB, and other things to do: all that is gained is CPU time. */
const MOST_BYTES = 1024 * MEBIBYTE;

/** A file of this size, and what all copies will hold and hold already. */
export interface CopyWish {
  sizeBytes: number;
  /** of copies that there are, when they are complete */
  promisedBytes: number;
  /** of it, what they have not taken yet */
  missingBytes: number;
}

/**
 * Whether a file may be held in RAM. All copies together take an eighth of the machine's memory and 1 GiB at most, and leave a quarter of it, but at least
 * 512 MiB: a master runs from RAM, with its records there too when it has no stick, and the tarball is made of them. Pure.
 */
export function mayHoldCopy({ sizeBytes, promisedBytes, missingBytes }: CopyWish, { totalBytes, availableBytes }: MachineMemory): boolean {
  const leftBytes = availableBytes - missingBytes - sizeBytes;
  return promisedBytes + sizeBytes <= Math.min(MOST_BYTES, totalBytes / 8) && leftBytes >= Math.max(512 * MEBIBYTE, totalBytes / 4);
}

/** Whether the copies have to go: half of what they had to leave is left. Pure. */
export function isMemoryShort({ totalBytes, availableBytes }: MachineMemory): boolean {
  return availableBytes < Math.max(256 * MEBIBYTE, totalBytes / 8);
}
