import type { NodeView } from '../../domain/pool/api-views.ts';
import { GONE_AFTER_MS } from '../../domain/pool/signs-of-life.ts';
import { macSpellings, ordered, type Sorting, searchWords } from '../../web/parts/ordered.ts';

/** From its script until it says that it is up. */
const BOOTING_MS = 15 * 60_000;

/**
 * What is to be said of a node at a glance. `alarm`: its files are frozen. `held`: the loop guard holds it. `silent`: it ran and says
 * nothing any more. `stuck`: its ramdisk said why it does not go on. `differs`: it runs something else than it would after a reboot.
 */
export type NodeState = 'alarm' | 'held' | 'stuck' | 'silent' | 'differs' | 'booting' | 'running' | 'quiet' | 'never';

const NODE_SORT_KEYS = ['name', 'runs', 'assigned', 'next', 'seen', 'place'] as const;
export type NodeSortKey = (typeof NODE_SORT_KEYS)[number];

/** What a list of nodes may be narrowed to. */
export type Narrowed = 'all' | 'trouble' | 'differs' | 'running' | 'once';

export interface NodeFilter extends Sorting<NodeSortKey> {
  search: string;
  show: Narrowed;
}

export interface NodeRow {
  node: NodeView;
  state: NodeState;
  /** groups, switch and port */
  place: string;
  seenMs: number;
}

export function nodeRowsOf(nodes: readonly NodeView[], nowMs: number): NodeRow[] {
  return nodes.map((node) => ({ node, state: stateOf(node, nowMs), place: placeOf(node), seenMs: lastSeenMs(node) }));
}

export function stateOf(node: NodeView, nowMs: number): NodeState {
  const { seen, next } = node;
  if (seen?.frozen !== undefined) return 'alarm';
  if (next.by === 'loop-guard') return 'held';
  if (seen === undefined) return 'never';
  if (seen.problem?.isOfLastBoot === true && seen.runs === undefined) return 'stuck';
  if (seen.runs === undefined) return nowMs - lastSeenMs(node) < BOOTING_MS && seen.given !== undefined ? 'booting' : 'quiet';
  if (nowMs - Date.parse(seen.aliveAt ?? seen.runsSince ?? '') > GONE_AFTER_MS) return 'silent';
  return node.wouldDiffer ? 'differs' : 'running';
}

/** How many of each kind there are, of all. */
export function countsOf(rows: readonly NodeRow[]): Record<Narrowed, number> {
  const count = (show: Narrowed): number => rows.filter((row) => isShown(row, show)).length;
  return { all: rows.length, trouble: count('trouble'), differs: count('differs'), running: count('running'), once: count('once') };
}

export function wantedNodes(rows: readonly NodeRow[], { search, show, sort, isDescending }: NodeFilter): NodeRow[] {
  const words = searchWords(search);
  const fitting = rows.filter((row) => isShown(row, show) && (words.length === 0 || hasWords(row, words)));
  return ordered(fitting, { key: SORTS[sort], tie: ({ node }) => node.name, isDescending });
}

function isShown({ node, state }: NodeRow, show: Narrowed): boolean {
  if (show === 'all') return true;
  if (show === 'trouble') return state === 'alarm' || state === 'held' || state === 'stuck' || state === 'silent';
  if (show === 'differs') return node.wouldDiffer;
  if (show === 'once') return node.once !== undefined;
  return state === 'running' || state === 'differs';
}

function hasWords(row: NodeRow, words: readonly string[]): boolean {
  const text = searchText(row);
  return words.every((word) => text.includes(word));
}

/** Made once for each answer of the head: a search must not put a thousand texts together at each key. */
const texts = new WeakMap<NodeView, string>();

function searchText({ node, place }: NodeRow): string {
  const known = texts.get(node);
  if (known !== undefined) return known;
  const { name, macs, address, tags = [], serial, note, assigned, next, once, seen } = node;
  const parts = [name, ...macs.flatMap(macSpellings), address, seen?.address, ...tags, serial, note, assigned, next.choice, once, place];
  const text = [...parts, seen?.runs, seen?.vendor, seen?.product, seen?.serial]
    .filter((part) => part !== undefined)
    .join('\n')
    .toLowerCase();
  texts.set(node, text);
  return text;
}

function placeOf({ groups = [], seen, switch: name = seen?.switch, port: number = seen?.port }: NodeView): string {
  const port = name === undefined ? [] : [number === undefined ? name : `${name} port ${number}`];
  return [...groups, ...port].join(', ');
}

function lastSeenMs({ seen }: NodeView): number {
  return Math.max(Date.parse(seen?.aliveAt ?? '') || 0, Date.parse(seen?.askedAt ?? '') || 0, Date.parse(seen?.runsSince ?? '') || 0);
}

/** `node-2` before `node-10`. */
function naturalKey(name: string): string {
  return name.replaceAll(/\d+/g, (digits) => digits.padStart(12, '0'));
}

const SORTS: Record<NodeSortKey, (row: NodeRow) => string | number> = {
  name: ({ node }) => naturalKey(node.name),
  runs: ({ node }) => node.seen?.runs ?? '~',
  assigned: ({ node }) => node.assigned,
  next: ({ node }) => node.next.choice,
  seen: ({ seenMs }) => -seenMs,
  place: ({ place, node }) => `${naturalKey(place)}\n${naturalKey(node.address ?? '')}`,
};
