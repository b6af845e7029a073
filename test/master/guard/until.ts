import assert from 'node:assert/strict';
import { queuedMs } from '../../queued.ts';

/** Of real time, without that in which the test stood in line for a processor. What does not come in it does not come. */
const PATIENCE_MS = 30_000;
/** What comes by itself, comes in so many turns or fewer; whoever waits for longer leaves the processor to others. */
const EAGER_TURNS = 1000;

/** Waits until something is so, and fails where that never comes; `turn` passes the time. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  turn: () => Promise<unknown> = () => new Promise(setImmediate),
): Promise<void> {
  const startedMs = ownMs();
  for (let turns = 0; !(await condition()); turns += 1) {
    assert.ok(ownMs() - startedMs < PATIENCE_MS, `still not so: ${condition}`);
    await turn();
    if (turns > EAGER_TURNS) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** A test may have put a clock of its own in the place of `performance.now`. */
function ownMs(): number {
  return Number(process.hrtime.bigint() / 1_000_000n) - queuedMs(process.pid);
}
