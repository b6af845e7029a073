/** Read ahead for all transfers together; each has a smallest slice beyond it. */
const READ_AHEAD_BYTES = 64 * 1024 * 1024;
const LARGEST_SLICE_BYTES = 1024 * 1024;
const SMALLEST_SLICE_BYTES = 64 * 1024;
/** Of what is left, so that the last of it goes to many. */
const SHARE = 1 / 16;

/** A transfer's slice. */
export interface Slice {
  sizeBytes: number;
  /** for others, at the end of the transfer */
  giveBack(): void;
}

/**
 * Slices of files that are being sent. Large ones cost less CPU time, but one that is slow keeps its own in memory for as long as it likes: what
 * is held is counted, and not how many there are, because the first ones were given theirs when there were few.
 */
export function readAhead(): { take(): Slice } {
  let heldBytes = 0;
  return {
    take: () => {
      const share = Math.floor((READ_AHEAD_BYTES - heldBytes) * SHARE);
      const sizeBytes = Math.max(SMALLEST_SLICE_BYTES, Math.min(LARGEST_SLICE_BYTES, share));
      // a smallest slice comes beyond what is shared
      const countedBytes = sizeBytes === SMALLEST_SLICE_BYTES ? 0 : sizeBytes;
      heldBytes += countedBytes;
      let isBack = false;
      return {
        sizeBytes,
        giveBack: () => {
          if (!isBack) heldBytes -= countedBytes;
          isBack = true;
        },
      };
    },
  };
}
