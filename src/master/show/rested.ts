/** What so many machines are told by is made within a millisecond or two. */
const FEW_MACHINES = 200;
/** Making it takes no more than a tenth of the time, whoever asks how often. */
const REST_PER_WORK = 9;

/**
 * Keeps what was made for nine times as long as that took: everybody on the network may ask for it, as often as they like. With few machines it is made
 * anew each time. `count`: how many machines it is made of.
 */
export function rested<T>(make: () => T, count: (made: T) => number, nowMs: () => number = () => performance.now()): () => T {
  let kept: { value: T; untilMs: number } | undefined;
  return () => {
    const startedMs = nowMs();
    if (kept !== undefined && count(kept.value) > FEW_MACHINES && startedMs < kept.untilMs) return kept.value;
    const value = make();
    const endedMs = nowMs();
    kept = { value, untilMs: endedMs + REST_PER_WORK * (endedMs - startedMs) };
    return value;
  };
}
