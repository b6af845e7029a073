import type { Person } from '../../domain/pool/person.ts';
import type { PageLinkState } from '../../web/parts/link.ts';
import type { KnownPool } from './known.ts';
import type { NodeFilter } from './node-rows.ts';
import { type PoolRoute, poolRouteOf } from './route.ts';
import { NOTHING_CHOSEN, type NodeSelection, stillThere } from './selection.ts';

/** Who is before the page. */
export type PageSession =
  | { state: 'asking' }
  /** `was`: whose session is over; what is typed stays where it is meanwhile */
  | { state: 'out'; sentence: string; was?: Person }
  | { state: 'in'; person: Person };

/** Everything that the page shows is made from this. */
export interface PoolPageState {
  session: PageSession;
  known: KnownPool | undefined;
  /** the head's clock minus ours, in milliseconds */
  clockOffsetMs: number;
  link: PageLinkState;
  route: PoolRoute;
  wanted: NodeFilter;
  /** page of the table, from 0 */
  page: number;
  selection: NodeSelection;
  isPrinting: boolean;
  /** what was last done, in words */
  said: string;
}

export const FIRST_POOL_STATE: PoolPageState = {
  session: { state: 'asking' },
  known: undefined,
  clockOffsetMs: 0,
  link: { state: 'connecting' },
  route: { page: 'nodes' },
  wanted: { search: '', show: 'all', sort: 'name', isDescending: false },
  page: 0,
  selection: NOTHING_CHOSEN,
  isPrinting: false,
  said: '',
};

/** What components may do. */
export interface PoolActions {
  want(change: Partial<NodeFilter>): void;
  turnTo(page: number): void;
  select(next: (before: NodeSelection) => NodeSelection): void;
  say(text: string): void;
  signedIn(person: Person): void;
  signedOut(sentence: string): void;
  /** asks the head again, and resolves when the answer is there */
  refresh(): Promise<void>;
}

export function withWantedNodes(state: PoolPageState, change: Partial<NodeFilter>): PoolPageState {
  return { ...state, wanted: { ...state.wanted, ...change }, page: 0 };
}

export function withPoolHash(state: PoolPageState, hash: string): PoolPageState {
  return { ...state, route: poolRouteOf(hash) };
}

/** Before everything was asked for once, a part of it is of no use. */
export function withKnown(state: PoolPageState, news: Partial<KnownPool>): PoolPageState {
  const known = state.known === undefined && news.overview === undefined ? undefined : ({ ...state.known, ...news } as KnownPool);
  return known === undefined ? state : { ...state, known, selection: stillThere(state.selection, known.nodes) };
}

export function withoutPerson(state: PoolPageState, sentence: string): PoolPageState {
  return { ...state, session: { state: 'out', sentence }, known: undefined, selection: NOTHING_CHOSEN };
}

/** The head knows this person no more: they sign in again in front of what they see. */
export function withSessionOver(state: PoolPageState, sentence: string): PoolPageState {
  const { session } = state;
  return session.state === 'in' ? { ...state, session: { state: 'out', sentence, was: session.person } } : state;
}

/** What somebody may do; the head checks it again. */
export interface Rights {
  mayAssign: boolean;
  mayEdit: boolean;
  /** of these only; undefined: of all */
  groups: readonly string[] | undefined;
}

export function rightsOf(session: PageSession): Rights {
  const person = session.state === 'in' ? session.person : session.state === 'out' ? session.was : undefined;
  if (person === undefined) return { mayAssign: false, mayEdit: false, groups: undefined };
  const { role, groups } = person;
  return { mayAssign: role !== 'viewer', mayEdit: role === 'admin', groups };
}

export function mayAssignNode({ mayAssign, groups }: Rights, node: { groups?: readonly string[] }): boolean {
  return mayAssign && (groups === undefined || node.groups?.some((group) => groups.includes(group)) === true);
}

export function headNow({ clockOffsetMs }: PoolPageState, nowMs: number): number {
  return nowMs + clockOffsetMs;
}
