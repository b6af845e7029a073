import { setTimeout as sleep } from 'node:timers/promises';

/** Waits; ends early, without an error, when the signal fires. */
export async function wait(timeMs: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(timeMs, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
