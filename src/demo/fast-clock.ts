/** A clock that runs faster than the world's, so that a visit of five minutes takes one. */
export interface DemoClock {
  now(): Date;
  /** moves it on, in milliseconds */
  skip(durationMs: number): void;
}

export function demoClock({ speed, startMs, nowMs }: { speed: number; startMs: number; nowMs: () => number }): DemoClock {
  const begunMs = nowMs();
  let skippedMs = 0;
  return {
    now: () => new Date(Math.round(startMs + skippedMs + (nowMs() - begunMs) * speed)),
    skip: (durationMs) => {
      skippedMs += durationMs;
    },
  };
}
