import { syncBuiltinESMExports } from 'node:module';
import type { TestContext } from 'node:test';
import timers from 'node:timers/promises';

export interface OwnTime {
  readonly nowMs: number;
  /** until when somebody waits; what another process has to end first is not among them at once, and time that passes then is lost */
  readonly wakesAtMs: readonly number[];
  /** lets so much time pass; whoever waits is woken in order, and goes on before the next one is */
  advance(durationMs: number): Promise<void>;
}

interface Sleeper {
  atMs: number;
  wake: () => void;
}

/** What takes turns until somebody waits again: promises, streams, and small files. */
const TURNS = 20;

/** Puts a clock of the test's own in the place of `performance.now` and of the waits of node:timers/promises, until the test ends. */
export function ownTime(t: TestContext): OwnTime {
  const real = timers.setTimeout;
  let nowMs = 0;
  const sleepers = new Set<Sleeper>();
  const sleep = (durationMs = 0, value?: unknown, { signal }: { signal?: AbortSignal } = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const sleeper = {
        atMs: nowMs + durationMs,
        wake: () => {
          sleepers.delete(sleeper);
          resolve(value);
        },
      };
      const end = (): void => {
        sleepers.delete(sleeper);
        reject(new DOMException('The operation was aborted', 'AbortError'));
      };
      if (signal?.aborted === true) return end();
      sleepers.add(sleeper);
      signal?.addEventListener('abort', end, { once: true });
    });
  Object.assign(timers, { setTimeout: sleep });
  syncBuiltinESMExports();
  t.mock.method(performance, 'now', () => nowMs);
  t.after(() => {
    Object.assign(timers, { setTimeout: real });
    syncBuiltinESMExports();
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < TURNS; turn += 1) await new Promise(setImmediate);
  };
  return {
    get nowMs() {
      return nowMs;
    },
    get wakesAtMs() {
      return [...sleepers].map(({ atMs }) => atMs);
    },
    advance: async (durationMs) => {
      const endMs = nowMs + durationMs;
      await settle();
      for (;;) {
        const [next] = [...sleepers].sort((a, b) => a.atMs - b.atMs);
        if (next === undefined || next.atMs > endMs) break;
        nowMs = Math.max(nowMs, next.atMs);
        next.wake();
        await settle();
      }
      nowMs = endMs;
    },
  };
}
