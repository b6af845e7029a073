const FIRST_MS = 1000;
const LONGEST_MS = 60_000;
/** A server that asks for more patience than this is not taken at its word. */
const LONGEST_ASKED_MS = 10 * 60_000;
/** With the waits between them some four minutes: a NetBox that is restarted is back by then. */
export const MOST_TRIES = 8;

interface Tried {
  /** from 0 */
  attempt: number;
  method: 'GET' | 'POST' | 'PATCH';
  /** undefined: there was no answer */
  status: number | undefined;
  /** no other try can end otherwise */
  isFinal: boolean;
  retryAfterMs: number;
  random: () => number;
}

/** How long to wait before a request is sent once more, in milliseconds; undefined when it is not. A refusal for haste (429) has changed nothing, so all may be repeated after it. */
export function patience({ attempt, method, status, isFinal, retryAfterMs, random }: Tried): number | undefined {
  const isBusy = status === 429;
  const isOut = status === undefined || status >= 500;
  if (isFinal || attempt + 1 >= MOST_TRIES || !(isBusy || (isOut && method === 'GET'))) return undefined;
  return waitMs(attempt, random, retryAfterMs);
}

/** Doubles from a second to a minute, half of it by chance, and never less than what was asked for. */
export function waitMs(attempt: number, random: () => number, askedMs = 0): number {
  const ceilingMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return Math.round(Math.max(ceilingMs / 2 + (random() * ceilingMs) / 2, Math.min(askedMs, LONGEST_ASKED_MS)));
}
