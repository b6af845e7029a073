import type { NodeSummary } from '../../domain/api.ts';
import { rested } from './rested.ts';

/** The list of machines, for whoever asks over HTTP. */
export interface CachedNodes {
  list(): readonly NodeSummary[];
  /** the list as JSON; who reads it slowly holds no copy of its own */
  json(): Buffer;
}

/** A long list is kept for a while, as {@link rested} says, and its JSON for a while of its own. */
export function cachedNodes(nodes: () => readonly NodeSummary[], nowMs?: () => number): CachedNodes {
  const list = rested(nodes, ({ length }) => length, nowMs);
  const json = rested(
    () => {
      const listed = list();
      return { count: listed.length, bytes: Buffer.from(JSON.stringify(listed)) };
    },
    ({ count }) => count,
    nowMs,
  );
  return { list, json: () => json().bytes };
}
