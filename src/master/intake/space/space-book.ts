import { sharedRuns } from '../../../domain/values/shared-runs.ts';
import { type MachineBound, NO_BOUND } from '../../../seal/largest-tarball.ts';
import type { SealedTarball } from '../../../seal/seal-tarball.ts';
import { noRoom, noRoomForCapture } from './no-room.ts';
import { keptForRecordsBytes, type MediumSpace, storedBytes } from './room.ts';
import { type BesideRecords, type Booked, type Looked, type SpaceCounts, spaceCounts } from './space-counts.ts';

/** Uploads are refused while less than this is left beside all that is counted. */
const FLOOR_BYTES = 8 * 1024 * 1024;

export interface SpaceBookSettings {
  space: () => Promise<MediumSpace>;
  beside: () => Promise<BesideRecords>;
  /** of the seal */
  spoolMemoryBytes: number;
  floorBytes?: number | undefined;
}

/** The place that one upload was let in with. */
export interface Booking {
  /** so much of it is written now, and no longer free */
  wrote(bytes: number): void;
  /** what it adds to the tarball, now that it is there. @throws ReconError `disk-full`, `capture-left-out` */
  measured(bound: MachineBound): Promise<void>;
  /** what it adds to the tarball, as far as it is known */
  readonly bound: MachineBound;
  /** it is gone, or counts as a machine now */
  end(): void;
}

export type UploadKind = 'record' | 'capture';
/** What is no longer taken. */
export type Shortage = 'captures' | 'records';

type Tarball = Pick<SealedTarball, 'sizeBytes' | 'isWithoutCaptures'>;

/**
 * Lets in no more than can be stored and then sealed: what was acknowledged must fit into a tarball too. All numbers are upper bounds; the first
 * look is at the length that a sender gives, the second at what it sent.
 */
export interface SpaceBook {
  /** @throws ReconError `disk-full`, `capture-left-out` */
  enter(kind: UploadKind, sizeBytes: number, bound: MachineBound): Promise<Booking>;
  /** what the newest record of a machine, and its capture, add to the tarball */
  keep(mac: string, bound: MachineBound): void;
  /** forgets what is kept and what was refused: the medium was away, and what is on it is told anew */
  forget(): void;
  /** while this runs, a tarball takes room that is free again afterwards: nothing is refused for good */
  whileSealing<T extends Tarball>(work: () => Promise<T>): Promise<T>;
  /** what was refused last for want of room, until it was let in again */
  readonly shortage: Shortage | undefined;
  /** what has the least room, as of the last look, is RAM and not the stick */
  readonly isRamShort: boolean;
  /** what the next tarball fits with; `undefined` when not even without raw captures */
  fitting(): Promise<'whole' | 'without-captures' | undefined>;
}

export function spaceBook({ space, beside, spoolMemoryBytes, floorBytes = FLOOR_BYTES }: SpaceBookSettings): SpaceBook {
  const counts = spaceCounts({ spoolMemoryBytes, floorBytes });
  const seen = { isRam: false };
  let sealing = 0;
  let shortage: Shortage | undefined;
  // each upload looks twice, and dozens come at once
  const look = sharedRuns(() => lookAt({ space, beside }, seen));
  /** throws when it does not fit; nothing may be awaited between the look and the booking */
  const require = (kind: UploadKind, looked: Looked, bytes: number, bound: MachineBound): void => {
    const { always } = counts.left(looked, { bytes, bound });
    const isForAWhile = sealing > 0 || [...counts.booked].some(({ unwrittenBytes }) => unwrittenBytes > 0);
    if (kind === 'record') {
      if (always < 0) {
        shortage = 'records';
        throw noRoom(looked.space);
      }
      if (shortage === 'records') shortage = 'captures';
      return;
    }
    const isEnough = always >= keptForRecordsBytes(looked.space);
    if (isEnough) shortage = undefined;
    else if (isForAWhile || isFull(counts, looked)) throw noRoom(looked.space);
    else shortage ??= 'captures';
    if (!isEnough) throw noRoomForCapture(looked.space);
  };
  return {
    enter: async (kind, sizeBytes, bound) => {
      const looked = await look();
      require(kind, looked, storedBytes(sizeBytes, looked.space), bound);
      const booked = { bound, unwrittenBytes: sizeBytes };
      counts.booked.add(booked);
      return bookingOf(booked, counts, { look, require: (later, measured) => require(kind, later, 0, measured) });
    },
    keep: counts.keep,
    forget: () => {
      counts.forget();
      shortage = undefined;
    },
    whileSealing: async (work) => {
      sealing += 1;
      try {
        const tarball = await work();
        // one without raw captures replaces only its like
        if (tarball.isWithoutCaptures !== true) counts.earlierBytes = tarball.sizeBytes;
        return tarball;
      } finally {
        sealing -= 1;
      }
    },
    get shortage() {
      return shortage;
    },
    get isRamShort() {
      return seen.isRam;
    },
    fitting: async () => fittingIn(counts, await look(), floorBytes),
  };
}

/** The floor is for uploads: a tarball may have it. */
function fittingIn(counts: SpaceCounts, looked: Looked, floorBytes: number): 'whole' | 'without-captures' | undefined {
  const { whole, withoutCaptures } = counts.left(looked, { bytes: -floorBytes, bound: NO_BOUND });
  return whole >= 0 ? 'whole' : withoutCaptures >= 0 ? 'without-captures' : undefined;
}

async function lookAt({ space, beside }: Pick<SpaceBookSettings, 'space' | 'beside'>, seen: { isRam: boolean }): Promise<Looked> {
  const looked = { beside: await beside(), space: await space() };
  seen.isRam = looked.space.isRam === true;
  return looked;
}

/** Where not even its record would fit, a machine waits, and may as well wait with its capture. */
function isFull(counts: SpaceCounts, looked: Looked): boolean {
  return counts.left(looked, { bytes: 0, bound: NO_BOUND }).always < keptForRecordsBytes(looked.space) / 16;
}

interface Room {
  look: () => Promise<Looked>;
  require: (looked: Looked, measured: MachineBound) => void;
}

function bookingOf(booked: Booked, { booked: all }: SpaceCounts, { look, require }: Room): Booking {
  return {
    wrote: (bytes) => {
      booked.unwrittenBytes = Math.max(0, booked.unwrittenBytes - bytes);
    },
    measured: async (measured) => {
      booked.unwrittenBytes = 0;
      const looked = await look().catch((error: unknown) => {
        all.delete(booked);
        throw error;
      });
      // from here to the end at one go: others have the same look, and must see this one booked
      all.delete(booked);
      require(looked, measured);
      booked.bound = measured;
      all.add(booked);
    },
    get bound() {
      return booked.bound;
    },
    end: () => void all.delete(booked),
  };
}
