import type { TarballBound } from '../../../seal/largest-tarball.ts';

/** The file system of the data directory, in bytes. */
export interface MediumSpace {
  freeBytes: number;
  totalBytes: number;
  /** a file takes whole ones */
  clusterBytes: number;
  /** what so many bytes have there, where they are stored otherwise than they come; the same when missing */
  sizeOnMedium?: (sizeBytes: number) => number;
  /** it is the master's RAM that has the least room, and not the stick */
  isRam?: boolean;
}

/** What the free space is wanted for, in bytes. */
export interface Wanted {
  /** bodies that were let in and are not written yet */
  promisedBytes: number;
  /** the next tarball, as it will be with all that was let in */
  tarball: TarballBound;
  /** what the ledger may still grow by */
  ledgerGrowthBytes: number;
  /** the visit's tarball that the next one replaces; 0 when there is none */
  earlierBytes: number;
  /** for what nobody counts: directories, and the system's own files on the stick */
  floorBytes: number;
}

/** What is left of the free space, in bytes; less than nothing: there is not enough. */
export interface Left {
  /**
   * when everything that was let in is written, sealed, and sealed once more: the tarball before stays until the new one was read back, and the
   * new one is the larger of the two. So it is the same after a seal as before it, and there is room for the next one whatever came between.
   */
  always: number;
  /** when everything is written and sealed once */
  whole: number;
  /** the same without raw captures */
  withoutCaptures: number;
}

export function leftBytes(
  { freeBytes, clusterBytes }: MediumSpace,
  { promisedBytes, tarball, ledgerGrowthBytes, earlierBytes, floorBytes }: Wanted,
): Left {
  const left = freeBytes - promisedBytes - ledgerGrowthBytes - floorBytes - inClusters(tarball.spoolBytes, clusterBytes);
  const wholeBytes = inClusters(tarball.wholeBytes, clusterBytes);
  return {
    always: left - wholeBytes - Math.max(0, wholeBytes - earlierBytes),
    whole: left - wholeBytes,
    withoutCaptures: left - inClusters(tarball.withoutCapturesBytes, clusterBytes),
  };
}

/** What a file takes. */
export function inClusters(sizeBytes: number, clusterBytes: number): number {
  return Math.ceil(sizeBytes / clusterBytes) * clusterBytes;
}

/** Two new directories, the receipt, and a directory that grows by one. */
const CLUSTERS_OF_REVISION = 4;

/** What an upload takes when it is stored. */
export function storedBytes(sizeBytes: number, { clusterBytes, sizeOnMedium = (bytes) => bytes }: MediumSpace): number {
  return inClusters(sizeOnMedium(sizeBytes), clusterBytes) + CLUSTERS_OF_REVISION * clusterBytes;
}

/** Raw captures stop before the last of the room is taken: it is for records, which matter more. */
export function keptForRecordsBytes({ totalBytes }: MediumSpace): number {
  return totalBytes / 16;
}

/** The largest ledger that a medium may have: 64 MiB as long as that is little of it. */
export function ledgerLimitBytes(mostBytes: number, totalBytes: number): number {
  return Math.min(mostBytes, Math.max(LEAST_LEDGER_BYTES, Math.floor(totalBytes / 64)));
}

const LEAST_LEDGER_BYTES = 256 * 1024;
