import { type Booking, type SpaceBook, spaceBook } from '../../../../src/master/intake/space/space-book.ts';
import { NO_BOUND, tarballBound } from '../../../../src/seal/largest-tarball.ts';

const NOTHING = { ledgerBytes: 0, partialBytes: 0, missingCount: 0 };
/** Two empty tarballs, and the clusters of a revision of one byte each. */
const ALWAYS_BYTES = 2 * tarballBound({ machines: NO_BOUND, ...NOTHING }, 0).wholeBytes + 4;

/** A book over a medium with so much room beside what it always keeps, in clusters of one byte. */
export function bookOf(free: () => Promise<number>, floorBytes: number | undefined): SpaceBook {
  const space = async () => ({ freeBytes: (await free()) + ALWAYS_BYTES, totalBytes: 0, clusterBytes: 1 });
  return spaceBook({ space, beside: async () => ({ ...NOTHING, ledgerGrowthBytes: 0 }), spoolMemoryBytes: 2 ** 30, floorBytes });
}

/** For a body that nobody keeps room for. */
export const NO_BOOKING: Booking = { wrote: () => {}, measured: async () => {}, bound: NO_BOUND, end: () => {} };
