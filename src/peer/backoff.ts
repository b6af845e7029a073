const FIRST_MS = 1000;
const LONGEST_MS = 60_000;
/** A master that asks for more patience than this is not taken at its word. */
const LONGEST_RETRY_AFTER_MS = 10 * 60_000;

/**
 * How long to wait before the next try: doubles from 1 s to 60 s, half of it by chance, so that a thousand peers which lost
 * their master together do not come back together. Never less than what the master asked for.
 */
export function backoffMs(attempt: number, random: () => number, retryAfterMs = 0): number {
  const ceilingMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  const ownMs = ceilingMs / 2 + (random() * ceilingMs) / 2;
  const askedMs = Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS) * (1 + random() / 4);
  return Math.round(Math.max(ownMs, askedMs));
}
