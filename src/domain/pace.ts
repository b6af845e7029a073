/** Older receipts say little about how fast it goes now. */
const WINDOW_MS = 10 * 60 * 1000;
/** Two machines that arrive in the same second are no rate of a hundred per minute. */
const SHORTEST_MS = 60_000;

/** How fast machines are done, and how long the rest may take. */
export interface Pace {
  machinesPerMinute: number;
  remainingSeconds?: number;
}

/**
 * The pace of the last ten minutes, from the times of all receipts (milliseconds). Undefined while there is nothing to judge by.
 * `missing` is how many records are still to come, where somebody said how many there are.
 */
export function paceOf(receiptsMs: readonly number[], nowMs: number, missing: number | undefined): Pace | undefined {
  const recent = receiptsMs.filter((at) => at > nowMs - WINDOW_MS && at <= nowMs);
  if (recent.length === 0) return undefined;
  const first = Math.min(...recent);
  const before = receiptsMs.some((at) => at <= nowMs - WINDOW_MS);
  const spanMs = before ? WINDOW_MS : Math.max(SHORTEST_MS, nowMs - first);
  const machinesPerMinute = recent.length / (spanMs / 60_000);
  if (missing === undefined) return { machinesPerMinute };
  return { machinesPerMinute, remainingSeconds: Math.round((missing / machinesPerMinute) * 60) };
}
