import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import type { Medium, MediumTrouble } from '../../master/medium/medium.ts';
import { type StickSigns, stickTrouble } from './signs.ts';

interface StickMediumInput {
  signs: () => Promise<StickSigns>;
  /** the same volume, wherever it is plugged in now */
  find: () => Promise<{ found: true; device: string; disk: string } | { found: false; reason: string; hint?: string }>;
  /** repairs and mounts it */
  mount: (device: string, disk: string) => Promise<void>;
  /** `lazy`: although files on it are open, which is right only when its device is away */
  unmount: (how: 'plain' | 'lazy') => Promise<void>;
  /** a clock that never goes back */
  nowMs?: () => number;
}

/** A repair reads the whole table of a stick that may be failing: the same device is not tried again at once. */
const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 60_000;
/** It is tried again by itself; what a person can do is more. */
const AGAIN = 'Pull it and plug it in again. When that does not help, keep it for recon recover and take another one for the rest.';
/** Mounts that may lie above each other; more are somebody else's doing. */
const MOST_MOUNTS = 5;

/** The stick as a medium that may be pulled and plugged in again. */
export function stickMedium({ signs, find, mount, unmount, nowMs = () => performance.now() }: StickMediumInput): Medium {
  let tried: { device: string; reason: string; isMounted: boolean; pauseMs: number; untilMs: number } | undefined;
  const look = async (): Promise<MediumTrouble | undefined> => {
    const trouble = stickTrouble(await signs());
    // the next trouble is another one
    if (trouble === undefined && tried !== undefined && nowMs() > tried.untilMs + LONGEST_PAUSE_MS) tried = undefined;
    // it is in, and cannot be mounted
    return trouble?.fault === 'gone' && tried?.isMounted === false ? { fault: 'failing', reason: tried.reason } : trouble;
  };
  const bringBack = async (device: string, disk: string): Promise<void> => {
    for (let times = 0; times < MOST_MOUNTS; times += 1) {
      const now = await signs();
      if (now.device === undefined) break;
      await unmount(now.isThere ? 'plain' : 'lazy');
    }
    await mount(device, disk);
  };
  return {
    look,
    reopen: async () => {
      const partition = await find();
      if (!partition.found) {
        tried = undefined;
        throw new ReconError('medium-failed', partition.reason, definedOnly({ hint: partition.hint }));
      }
      const { device, disk } = partition;
      const before = tried?.device === device ? tried : undefined;
      if (before !== undefined && nowMs() < before.untilMs) throw new ReconError('medium-failed', before.reason, { hint: AGAIN });
      const pauseMs = Math.min(LONGEST_PAUSE_MS, before === undefined ? FIRST_PAUSE_MS : before.pauseMs * 2);
      tried = { device, reason: `${device} was mounted again, and failed again`, isMounted: true, pauseMs, untilMs: nowMs() + pauseMs };
      try {
        await bringBack(device, disk);
      } catch (cause) {
        tried.isMounted = false;
        tried.reason = `${device} cannot be mounted again: ${messageOf(cause)}`;
        throw new ReconError('medium-failed', tried.reason, { cause, hint: AGAIN });
      }
    },
  };
}
