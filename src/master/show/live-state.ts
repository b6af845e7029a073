import type { AppDeps } from '../app-deps.ts';
import { nodeSummaries } from '../verdict/node-summaries.ts';
import { type LiveFeed, openLiveFeed } from './live-feed.ts';
import { visitSummary } from './visit-summary.ts';

const TICK_MS = 1000;
/** Without news from the ledger, things still change with time: a machine counts as stuck. */
const IDLE_MS = 5000;

/** The live list, brought up to date no more often than it is worth, and only while somebody reads. */
export interface LiveState {
  feed: LiveFeed;
  tickMs: number;
  refresh(): void;
}

export function liveState(deps: AppDeps): LiveState {
  const feed = openLiveFeed();
  const { tickMs = TICK_MS } = deps.web;
  let hasNews = true;
  let refreshedMs = Number.NEGATIVE_INFINITY;
  deps.ledger.subscribe(() => {
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
      const nodes = nodeSummaries(deps);
      feed.update(nodes, visitSummary(deps, nodes));
    },
  };
}
