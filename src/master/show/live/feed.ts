import { randomBytes } from 'node:crypto';
import type { NodeSummary } from '../../../domain/api.ts';
import type { VisitSummary } from '../../../domain/web-api.ts';

/** Machines in one message: a slow reader holds up no more than this. */
const MOST_NODES = 200;

interface Entry {
  /** the summary as JSON; undefined when the machine is no longer listed */
  json: string | undefined;
  version: number;
}

/** A part of the changes, ready to be sent. */
export interface ChangeText {
  /** where the reader stands after it */
  id: string;
  /** a {@link LiveChanges} as JSON */
  text: string;
  isLast: boolean;
}

/**
 * The machines with a version each, so that a reader is told only what changed since it last asked. Nothing is kept for a reader:
 * all it has is the number that it stands at.
 */
export interface LiveFeed {
  /** takes in how things are now; versions go up where something is different */
  update(nodes: readonly NodeSummary[], visit: VisitSummary): void;
  /** the next changes for a reader; undefined when there is nothing new */
  after(id: string | undefined): ChangeText | undefined;
}

export function openLiveFeed(): LiveFeed {
  const state: FeedState = { start: randomBytes(4).toString('hex'), version: 0, entries: new Map(), visit: undefined };
  let cached: { from: number; change: ChangeText } | undefined;
  return {
    update: (nodes, visit) => {
      noteNodes(state, nodes);
      noteVisit(state, visit);
    },
    after: (id) => {
      const from = positionOf(state, id);
      if (from === state.version && from > 0) return undefined;
      if (cached?.from !== from || cached.change.id !== idOf(state, state.version)) cached = { from, change: changesAfter(state, from) };
      return cached.change;
    },
  };
}

interface FeedState {
  /** of this start of the master: numbers of another one mean nothing */
  start: string;
  /** goes up with each change */
  version: number;
  /** by MAC address, in the order of their versions */
  entries: Map<string, Entry>;
  /** the latest, with the version and the text of its last change; the time alone is none */
  visit: { latest: VisitSummary; text: string; version: number } | undefined;
}

function noteNodes(state: FeedState, nodes: readonly NodeSummary[]): void {
  const seen = new Set<string>();
  for (const node of nodes) {
    seen.add(node.mac);
    const json = JSON.stringify(node);
    if (state.entries.get(node.mac)?.json !== json) noteEntry(state, node.mac, json);
  }
  if (seen.size === state.entries.size) return;
  for (const [mac, { json }] of [...state.entries]) if (json !== undefined && !seen.has(mac)) noteEntry(state, mac, undefined);
}

function noteEntry(state: FeedState, mac: string, json: string | undefined): void {
  state.version += 1;
  // to the end: the map is in the order of versions
  state.entries.delete(mac);
  state.entries.set(mac, { json, version: state.version });
}

function noteVisit(state: FeedState, latest: VisitSummary): void {
  const { now: _now, ...rest } = latest;
  const text = JSON.stringify(rest);
  const isNews = state.visit?.text !== text;
  if (isNews) state.version += 1;
  state.visit = { latest, text, version: isNews ? state.version : (state.visit?.version ?? 0) };
}

function idOf({ start }: FeedState, at: number): string {
  return `${start}-${at}`;
}

function positionOf({ start, version }: FeedState, id: string | undefined): number {
  const [, of, at] = /^([0-9a-f]{8})-(\d{1,15})$/.exec(id ?? '') ?? [];
  return of === start && Number(at) <= version ? Number(at) : 0;
}

function changesAfter(state: FeedState, from: number): ChangeText {
  const { nodes, gone, at, isLast } = nextPart(state, from);
  const id = idOf(state, at);
  const head = `"id":"${id}","isWhole":${from === 0},"isLast":${isLast}`;
  return { id, isLast, text: `{${head},"nodes":[${nodes.join(',')}],"gone":[${gone.join(',')}]${visitText(state, from, isLast)}}` };
}

/** What changed after a position, as JSON, and where the reader stands then. From the start, a machine that is gone is not worth a word. */
function nextPart({ entries, version }: FeedState, from: number): { nodes: string[]; gone: string[]; at: number; isLast: boolean } {
  const [nodes, gone]: [string[], string[]] = [[], []];
  let at = from;
  for (const [mac, entry] of entries) {
    if (entry.version <= from) continue;
    if (nodes.length + gone.length === MOST_NODES) return { nodes, gone, at, isLast: false };
    at = entry.version;
    if (entry.json !== undefined) nodes.push(entry.json);
    else if (from > 0) gone.push(JSON.stringify(mac));
  }
  return { nodes, gone, at: version, isLast: true };
}

/** A long list comes in parts, and the totals are wanted with the first of them. */
function visitText({ visit }: FeedState, from: number, isLast: boolean): string {
  return visit !== undefined && (from === 0 || (isLast && visit.version > from)) ? `,"visit":${JSON.stringify(visit.latest)}` : '';
}
