import { ReconError } from '../../../../src/domain/errors.ts';
import { type Booking, type SpaceBook, spaceBook, type UploadKind } from '../../../../src/master/intake/space/space-book.ts';
import { type MachineBound, NO_BOUND, tarballBound } from '../../../../src/seal/largest-tarball.ts';

const NOTHING = { ledgerBytes: 0, partialBytes: 0, missingCount: 0 };
/** Two empty tarballs, and the clusters of a revision of one byte each. */
const ALWAYS_BYTES = 2 * tarballBound({ machines: NO_BOUND, ...NOTHING }, 0).wholeBytes + 4;

/** A book over a medium with so much room beside what it always keeps, in clusters of one byte. */
export function bookOf(free: () => Promise<number>, floorBytes: number | undefined): SpaceBook {
  const space = async () => ({ freeBytes: (await free()) + ALWAYS_BYTES, totalBytes: 0, clusterBytes: 1 });
  return spaceBook({ space, beside: async () => ({ ...NOTHING, ledgerGrowthBytes: 0 }), spoolMemoryBytes: 2 ** 30, floorBytes });
}

/** A place that was taken in a noting book. */
export interface NotedPlace {
  kind: UploadKind;
  sizeBytes: number;
  bound: MachineBound;
  /** what was found of it */
  measured: MachineBound | undefined;
  isEnded: boolean;
}

/** A book that lets everybody in, and notes who was; `isFull` refuses what was measured. */
export function notingBook() {
  const places: NotedPlace[] = [];
  const kept: [mac: string, bound: MachineBound][] = [];
  const state = { isFull: false };
  const enter: SpaceBook['enter'] = async (kind, sizeBytes, bound) => {
    const place: NotedPlace = { kind, sizeBytes, bound, measured: undefined, isEnded: false };
    places.push(place);
    return {
      wrote: () => {},
      measured: async (measured) => {
        place.measured = measured;
        if (state.isFull) throw new ReconError('disk-full', 'the stick is full');
      },
      get bound() {
        return place.measured ?? bound;
      },
      end: () => {
        place.isEnded = true;
      },
    };
  };
  return { enter, keep: (mac: string, bound: MachineBound) => void kept.push([mac, bound]), places, kept, state };
}

/** For a body that nobody keeps room for. */
export const NO_BOOKING: Booking = { wrote: () => {}, measured: async () => {}, bound: NO_BOUND, end: () => {} };
