import { setImmediate } from 'node:timers/promises';

/** Long work that can be left at each `yield`, and gone on with. */
export type Turns<T> = Generator<void, T>;

/** All of it in one go, for whoever serves nobody meanwhile. */
export function atOnce<T>(work: Turns<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Longer than that nobody waits: a machine asks for its script while ten thousand nodes are read. */
const MOST_MS = 4;

/** The same in turns of some milliseconds, between which everything else goes on. */
export async function inTurns<T>(work: Turns<T>): Promise<T> {
  let since = performance.now();
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (performance.now() - since < MOST_MS) continue;
    await setImmediate();
    since = performance.now();
  }
}
