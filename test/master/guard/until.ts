import assert from 'node:assert/strict';

/** Of the processor's time, which a test with its own clock has nowhere else: what does not come in it does not come, on a busy machine neither. */
const PATIENCE_MS = 3000;

/** Waits until something is so, and fails where that never comes; `turn` passes the time. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  turn: () => Promise<void> = () => new Promise(setImmediate),
): Promise<void> {
  const before = process.cpuUsage();
  while (!(await condition())) {
    const { user, system } = process.cpuUsage(before);
    assert.ok((user + system) / 1000 < PATIENCE_MS, `still not so: ${condition}`);
    await turn();
  }
}
