import type { NodeSummary } from '../../domain/api.ts';

/** A list of so few machines is made within a millisecond or two. */
const FEW_MACHINES = 200;
/** To make the list takes no more than a tenth of the time, whoever asks how often. */
const REST_PER_WORK = 9;

/** The list of machines, for whoever asks over HTTP. */
export interface CachedNodes {
  list(): readonly NodeSummary[];
  /** the list as JSON; who reads it slowly holds no copy of its own */
  json(): Buffer;
}

/** Keeps a long list for nine times as long as it took to make: everybody on the network may ask for it, as often as he likes. */
export function cachedNodes(nodes: () => readonly NodeSummary[], nowMs: () => number = () => performance.now()): CachedNodes {
  let made: { list: readonly NodeSummary[]; json: Buffer | undefined; untilMs: number } | undefined;
  const current = (): NonNullable<typeof made> => {
    const startedMs = nowMs();
    if (made !== undefined && made.list.length > FEW_MACHINES && startedMs < made.untilMs) return made;
    const list = nodes();
    const endedMs = nowMs();
    made = { list, json: undefined, untilMs: endedMs + REST_PER_WORK * (endedMs - startedMs) };
    return made;
  };
  return {
    list: () => current().list,
    json: () => {
      const one = current();
      if (one.json !== undefined) return one.json;
      const startedMs = nowMs();
      one.json = Buffer.from(JSON.stringify(one.list));
      one.untilMs += (REST_PER_WORK + 1) * (nowMs() - startedMs);
      return one.json;
    },
  };
}
