import { addBounds, type MachineBound, NO_BOUND, tarballBound, type VisitParts } from '../../../seal/largest-tarball.ts';
import { type Left, leftBytes, type MediumSpace, type Wanted } from './room.ts';

/** What beside the records goes into the next tarball, and grows by itself. */
export type BesideRecords = Omit<VisitParts, 'machines'> & Pick<Wanted, 'ledgerGrowthBytes'>;

/** One look at the medium. */
export interface Looked {
  space: MediumSpace;
  beside: BesideRecords;
}

/** An upload that was let in. */
export interface Booked {
  bound: MachineBound;
  unwrittenBytes: number;
}

/** What is stored and what was let in, as it counts for the room. */
export interface SpaceCounts {
  booked: Set<Booked>;
  /** what the newest record of a machine, and its capture, add to the tarball */
  keep(mac: string, bound: MachineBound): void;
  /** nothing is kept any more */
  forget(): void;
  /** of the tarball that the next one replaces */
  earlierBytes: number;
  /** with so much more */
  left(looked: Looked, more: { bytes: number; bound: MachineBound }): Left;
}

export function spaceCounts({ spoolMemoryBytes, floorBytes }: { spoolMemoryBytes: number; floorBytes: number }): SpaceCounts {
  const machines = new Map<string, MachineBound>();
  let kept = NO_BOUND;
  const counts: SpaceCounts = {
    booked: new Set(),
    earlierBytes: 0,
    keep: (mac, bound) => {
      const { recordBytes, captureBytes } = machines.get(mac) ?? NO_BOUND;
      kept = addBounds(kept, { recordBytes: bound.recordBytes - recordBytes, captureBytes: bound.captureBytes - captureBytes });
      machines.set(mac, bound);
    },
    forget: () => {
      machines.clear();
      kept = NO_BOUND;
    },
    left: ({ space, beside: { ledgerGrowthBytes, ...beside } }, more) => {
      const booked = [...counts.booked];
      const all = booked.reduce((sum, { bound }) => addBounds(sum, bound), addBounds(kept, more.bound));
      const promisedBytes = booked.reduce((sum, { unwrittenBytes }) => sum + unwrittenBytes, more.bytes);
      const tarball = tarballBound({ machines: all, ...beside }, spoolMemoryBytes);
      return leftBytes(space, { promisedBytes, tarball, ledgerGrowthBytes, earlierBytes: counts.earlierBytes, floorBytes });
    },
  };
  return counts;
}
