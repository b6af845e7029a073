/** Runs work, so much of it at the same time and no more; the rest waits in order. */
export type Limiter = <T>(work: () => Promise<T>) => Promise<T>;

export function atMost(limit: number): Limiter {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      // whoever waits for longest takes this place over
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
