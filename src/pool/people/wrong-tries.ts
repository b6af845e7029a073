import { ReconError } from '../../domain/errors.ts';

const FREE_TRIES = 10;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;
const FORGOTTEN_AFTER_MS = 3_600_000;
const MOST_KEYS = 10_000;

/** Who guessed wrong, and must wait: after 10 wrong tries half a minute, then twice as long each time. */
export interface WrongTries {
  /** @throws ReconError `login-locked` */
  requireMay(key: string): void;
  wrong(key: string): void;
  right(key: string): void;
}

/** @param nowMs a clock that never goes back */
export function wrongTries(nowMs: () => number): WrongTries {
  const tries = new Map<string, { count: number; lastMs: number }>();
  return {
    requireMay: (key) => {
      const mine = tries.get(key);
      if (mine === undefined || mine.count < FREE_TRIES) return;
      const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (mine.count - FREE_TRIES), LONGEST_WAIT_MS) - (nowMs() - mine.lastMs);
      if (waitMs > 0)
        throw new ReconError('login-locked', `too many wrong tries; wait ${Math.ceil(waitMs / 1000)} seconds`, {
          hint: 'On the head itself root needs no password: recon user add NAME makes a new set-up link.',
        });
    },
    wrong: (key) => {
      const now = nowMs();
      const before = tries.get(key);
      const isOld = before === undefined || now - before.lastMs > FORGOTTEN_AFTER_MS;
      tries.delete(key);
      const [oldest] = tries.size >= MOST_KEYS ? tries.keys() : [];
      if (oldest !== undefined) tries.delete(oldest);
      tries.set(key, { count: isOld ? 1 : before.count + 1, lastMs: now });
    },
    right: (key) => void tries.delete(key),
  };
}
