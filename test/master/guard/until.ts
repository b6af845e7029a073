import assert from 'node:assert/strict';

/** Of real time, which a test with its own clock has nowhere else: what does not come in it does not come. */
const PATIENCE_NS = 120_000_000_000n;

/** Waits until something is so, and fails where that never comes; `turn` passes the time. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  turn: () => Promise<void> = () => new Promise(setImmediate),
): Promise<void> {
  const giveUpAt = process.hrtime.bigint() + PATIENCE_NS;
  while (!(await condition())) {
    assert.ok(process.hrtime.bigint() < giveUpAt, `still not so: ${condition}`);
    await turn();
  }
}
