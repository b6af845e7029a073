import { randomInt } from 'node:crypto';
import { ReconError } from '../../domain/errors.ts';
import { monotonicMs } from '../../platform/machine/steady-clock.ts';
import { clientKey } from '../http/client-network.ts';
import { equalSecrets } from '../http/equal-secrets.ts';

/** Wrong tries of one address before it has to wait. */
const FREE_TRIES = 5;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/**
 * Wrong tries of everybody within an hour. After that, whoever was wrong once waits for the hour, so that each guess needs an address of its own; who
 * was never wrong does not wait, because others' guesses must not keep the person out who reads the screen.
 */
const MOST_TRIES_PER_HOUR = 100;
const HOUR_MS = 3_600_000;

/** The PIN of this start. Only the screen shows it, so who has it stood before the machine. */
export interface Pin {
  /** six digits, for the screen and nothing else */
  readonly digits: string;
  /** @throws ReconError `pin-wrong`, or `pin-locked` when there were too many wrong tries */
  check(address: string, given: string | undefined): void;
}

/** A new PIN with the memory of who tried to guess it. */
export function newPin({ nowMs = monotonicMs, digits = sixDigits() }: { nowMs?: () => number; digits?: string } = {}): Pin {
  const wrong = new Map<string, { tries: number; lastMs: number }>();
  const trusted = new Set<string>();
  let recentMs: number[] = [];
  return {
    digits,
    check: (client, given) => {
      const now = nowMs();
      const address = clientKey(client);
      recentMs = recentMs.filter((at) => at > now - HOUR_MS);
      const mine = wrong.get(address);
      const waitMs = Math.max(
        mine === undefined ? 0 : mine.lastMs + waitAfter(mine.tries) - now,
        mine === undefined ? 0 : sharedWaitMs(address, now),
      );
      if (waitMs > 0) throw locked(waitMs);
      if (given !== undefined && equalSecrets(given, digits)) {
        wrong.delete(address);
        trusted.add(address);
        return;
      }
      if (given === undefined) throw new ReconError('pin-wrong', 'this needs the PIN', { hint: "The master's own screen shows it." });
      wrong.set(address, { tries: (mine?.tries ?? 0) + 1, lastMs: now });
      recentMs.push(now);
      forgetOld(wrong, now);
      throw new ReconError('pin-wrong', 'the PIN is wrong', {
        hint: "The master's own screen shows it. It changes whenever the master starts.",
      });
    },
  };

  /** Who had the right PIN before does not wait because others guess. */
  function sharedWaitMs(address: string, now: number): number {
    const oldest = recentMs[recentMs.length - MOST_TRIES_PER_HOUR];
    return oldest === undefined || trusted.has(address) ? 0 : oldest + HOUR_MS - now;
  }
}

function sixDigits(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

function waitAfter(tries: number): number {
  return tries < FREE_TRIES ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (tries - FREE_TRIES), LONGEST_WAIT_MS);
}

function locked(waitMs: number): ReconError {
  const seconds = Math.ceil(waitMs / 1000);
  const time = seconds <= 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return new ReconError('pin-locked', `too many wrong PINs; wait ${time}`, {
    hint: "Read the PIN from the master's screen meanwhile, or type seal or off at its keyboard, which asks for none.",
  });
}

/** The shared limit keeps this map small; an hour later nothing of a try is left. */
function forgetOld(wrong: Map<string, { lastMs: number }>, now: number): void {
  for (const [address, { lastMs }] of wrong) if (lastMs < now - HOUR_MS) wrong.delete(address);
}
