/** How often each key (an address, a machine) may do something. */
export interface RateLimit {
  /** takes one turn of the key; false when it has none left */
  take(key: string): boolean;
}

export interface RateLimitSettings {
  /** turns that may be taken at once */
  burst: number;
  /** turns that come back */
  perSecond: number;
  /** keys that are remembered; the one that was quiet for longest is forgotten first, and so has all its turns again */
  keys: number;
  /** a clock that never goes back */
  nowMs?: () => number;
}

/** A token bucket for each key. */
export function rateLimit({ burst, perSecond, keys, nowMs = () => performance.now() }: RateLimitSettings): RateLimit {
  const buckets = new Map<string, { turns: number; atMs: number }>();
  return {
    take: (key) => {
      const atMs = nowMs();
      const before = buckets.get(key);
      const turns = before === undefined ? burst : Math.min(burst, before.turns + ((atMs - before.atMs) / 1000) * perSecond);
      buckets.delete(key);
      const [quietest] = buckets.size >= keys ? buckets.keys() : [];
      if (quietest !== undefined) buckets.delete(quietest);
      buckets.set(key, { turns: turns >= 1 ? turns - 1 : turns, atMs });
      return turns >= 1;
    },
  };
}
