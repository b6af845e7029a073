import type { NodeSummary } from '../../../domain/api.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { VisitFacts } from '../visit-facts.ts';
import { visitSummary } from '../visit-summary.ts';
import { type LiveFeed, openLiveFeed } from './feed.ts';

const TICK_MS = 1000;
/** Without news from the ledger, things still change with time: a machine counts as stuck. */
const IDLE_MS = 5000;

/** The live list, brought up to date no more often than it is worth, and only while somebody reads. */
export interface LiveState {
  feed: LiveFeed;
  tickMs: number;
  refresh(): void;
}

export interface LiveSources {
  nodes: () => readonly NodeSummary[];
  visit: () => VisitFacts;
  ledger: Pick<Ledger, 'subscribe'>;
  /** how often changes are told, in milliseconds; a second when missing */
  tickMs?: number;
}

export function liveState({ nodes, visit, ledger, tickMs = TICK_MS }: LiveSources): LiveState {
  const feed = openLiveFeed();
  let hasNews = true;
  let refreshedMs = Number.NEGATIVE_INFINITY;
  ledger.subscribe(() => {
    hasNews = true;
  });
  return {
    feed,
    tickMs,
    refresh: () => {
      const age = performance.now() - refreshedMs;
      // half a tick: a timer may fire a little early
      if (age < (hasNews ? tickMs / 2 : Math.min(IDLE_MS, tickMs * 5))) return;
      refreshedMs = performance.now();
      hasNews = false;
      const listed = nodes();
      feed.update(listed, visitSummary(visit(), listed));
    },
  };
}
