import type { NodeSummary } from '../../domain/api.ts';
import type { VisitSummary } from '../../domain/web-api.ts';
import type { PageLinkState } from '../parts/link.ts';
import { type Known, NOTHING_KNOWN } from './known.ts';
import { type Route, routeOf } from './route.ts';
import { type ListFilter, type ListRow, rowsOf } from './rows.ts';

/** Everything that the page shows is made from this. */
export interface PageState {
  known: Known;
  link: PageLinkState;
  wanted: ListFilter;
  /** page of the table, from 0 */
  page: number;
  route: Route;
  arrivals: VisitSummary['arrivals'];
  isPrinting: boolean;
  /** what was last done with a button, in words */
  said: string;
}

export const FIRST_STATE: PageState = {
  known: NOTHING_KNOWN,
  link: { state: 'connecting' },
  wanted: { phase: 'all', search: '', sort: 'state', isDescending: false },
  page: 0,
  route: { page: 'list' },
  arrivals: undefined,
  isPrinting: false,
  said: '',
};

/** What components may do to the state. */
export interface Actions {
  want(change: Partial<ListFilter>): void;
  turnTo(page: number): void;
  say(text: string): void;
  learnArrivals(arrivals: PageState['arrivals']): void;
}

export function withWanted(state: PageState, change: Partial<ListFilter>): PageState {
  return { ...state, wanted: { ...state.wanted, ...change }, page: 0 };
}

export function withHash(state: PageState, hash: string): PageState {
  return { ...state, route: routeOf(hash) };
}

export function masterNow(state: PageState, nowMs: number): number {
  return nowMs + state.known.clockOffsetMs;
}

/** All machines, with the names that the person's own list gives them. */
export function allRows({ known, arrivals }: PageState, masterNowMs: number): ListRow[] {
  return rowsOf(known.machines.values(), namesOf(arrivals), masterNowMs);
}

export function rowOf(state: PageState, node: NodeSummary, masterNowMs: number): ListRow | undefined {
  return rowsOf([node], namesOf(state.arrivals), masterNowMs)[0];
}

function namesOf(arrivals: VisitSummary['arrivals']): Map<string, string> {
  const seen = [...(arrivals?.arrived ?? []), ...(arrivals?.underWay ?? [])];
  return new Map(seen.flatMap(({ seenAs, name }) => (name === undefined ? [] : [[seenAs, name] as const])));
}
