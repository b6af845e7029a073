import type { MacAddress } from '../../domain/values/mac.ts';
import { removePath } from '../../platform/files/directories.ts';
import { exists } from '../../platform/files/files.ts';
import type { Arrived } from './commit.ts';

/** captures of one machine that wait for their record */
const MOST_PER_MACHINE = 2;

/** The record follows its capture at once; one that waits longer may go when space is short. */
const FRESH_MS = 60_000;

/** Captures that were uploaded and belong to no record yet. */
export interface WaitingCaptures {
  add(mac: MacAddress, capture: Arrived): Promise<void>;
  /** the same after a commit that failed, with which it may have gone */
  putBack(mac: MacAddress, capture: Arrived): Promise<void>;
  /** takes the capture with this hash out; whoever gets it has to put it somewhere, or back */
  take(mac: MacAddress, sha256: string): Arrived | undefined;
  /** removes what a machine left */
  drop(mac: MacAddress): Promise<void>;
  /** removes the oldest that nobody came back for; false when there is none */
  makeRoom(): Promise<boolean>;
  /** forgets all of them: their medium was away */
  forget(): void;
}

interface Waiting {
  mac: MacAddress;
  capture: Arrived;
  sinceMs: number;
}

export function waitingCaptures({ nowMs = (): number => performance.now() } = {}): WaitingCaptures {
  /** oldest first */
  let waiting: Waiting[] = [];
  const remove = async (gone: readonly Waiting[]): Promise<void> => {
    waiting = waiting.filter((one) => !gone.includes(one));
    for (const { capture } of gone) {
      capture.booking.end();
      await removePath(capture.path);
    }
  };
  const add = async (mac: MacAddress, capture: Arrived): Promise<void> => {
    waiting.push({ mac, capture, sinceMs: nowMs() });
    const ofMachine = waiting.filter((one) => one.mac === mac);
    await remove(ofMachine.slice(0, -MOST_PER_MACHINE));
  };
  return {
    add,
    putBack: async (mac, capture) => {
      if (await exists(capture.path)) return add(mac, capture);
      capture.booking.end();
    },
    take: (mac, sha256) => {
      const found = waiting.find((one) => one.mac === mac && one.capture.sha256 === sha256);
      waiting = waiting.filter((one) => one !== found);
      return found?.capture;
    },
    forget: () => {
      for (const { capture } of waiting) capture.booking.end();
      waiting = [];
    },
    drop: (mac) => remove(waiting.filter((one) => one.mac === mac)),
    makeRoom: async () => {
      const [oldest] = waiting;
      if (oldest === undefined || nowMs() - oldest.sinceMs < FRESH_MS) return false;
      await remove([oldest]);
      return true;
    },
  };
}
