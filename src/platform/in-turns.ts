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

/** So many small pieces go by between two looks at the clock. */
const IN_A_PIECE = 64;

/** What a piece of work finds in each of many, one after the other. */
export function* eachInTurns<One, Found>(all: Iterable<One>, work: (one: One) => readonly Found[]): Turns<Found[]> {
  const found: Found[] = [];
  let count = 0;
  for (const one of all) {
    for (const each of work(one)) found.push(each);
    count += 1;
    if (count % IN_A_PIECE === 0) yield;
  }
  return found;
}

/**
 * Longer than that nobody waits: a machine asks for its script while ten thousand nodes are read. Its question goes through several rounds of the loop (a connection,
 * a request, a file, an answer), and each of them may have a turn in front of it.
 */
const MOST_MS = 1;

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
