import type { NodeSummary } from '../../domain/api.ts';
import { ipv4Number, isIpv4 } from '../../domain/ip-address.ts';
import { lastSeenMs, type Phase, phaseOf } from '../../domain/phase.ts';
import { macSpellings, ordered, searchWords } from '../parts/ordered.ts';

/** A machine as the table shows it. */
export interface ListRow {
  node: NodeSummary;
  phase: Phase;
  /** what the person calls it, from the list of expected machines */
  name: string | undefined;
  seenMs: number;
}

export const SORT_KEYS = ['state', 'machine', 'stage', 'address', 'findings', 'seen'] as const;
export type SortKey = (typeof SORT_KEYS)[number];

/** What a person wants to see of the list. */
export interface ListFilter {
  phase: Phase | 'all';
  search: string;
  sort: SortKey;
  isDescending: boolean;
}

export function rowsOf(machines: Iterable<NodeSummary>, names: ReadonlyMap<string, string>, nowMs: number): ListRow[] {
  return [...machines].map((node) => ({ node, phase: phaseOf(node, nowMs), name: names.get(node.mac), seenMs: lastSeenMs(node) }));
}

/** The rows that fit, in order. Equal ones stand by MAC address, so that rows do not jump about. */
export function wantedRows(rows: readonly ListRow[], { phase, search, sort, isDescending }: ListFilter): ListRow[] {
  const words = searchWords(search);
  const fitting = rows.filter((row) => (phase === 'all' || row.phase === phase) && words.every((word) => searchText(row).includes(word)));
  return ordered(fitting, { key: SORTS[sort], tie: ({ node }) => node.mac, isDescending });
}

/** MAC addresses are found in each of their spellings. */
function searchText({ node, name }: ListRow): string {
  const parts = [...macSpellings(node.mac), node.serial, node.product, node.vendor, node.address, name];
  return [...parts, ...(node.macs ?? []).flatMap(macSpellings), ...(node.numbers ?? [])]
    .filter((part) => part !== undefined)
    .join('\n')
    .toLowerCase();
}

/** Who needs somebody stands first. */
const STATE_ORDER: Record<Phase, number> = { stuck: 0, inventorying: 1, loading: 2, found: 3, done: 4 };

const SORTS: Record<SortKey, (row: ListRow) => string | number> = {
  state: ({ phase }) => STATE_ORDER[phase],
  machine: ({ node, name }) => [name ?? '', node.vendor ?? '', node.product ?? '', node.serial ?? ''].join('\n').toLowerCase(),
  stage: ({ node }) => Date.parse(node.stages[node.stage] ?? '') || 0,
  address: ({ node: { address = '' } }) => (isIpv4(address) ? ipv4Number(address) : -1),
  findings: ({ node: { findings } }) =>
    findings === undefined ? 0 : -(findings.critical * 1_000_000 + findings.warning * 1000 + findings.note),
  seen: ({ seenMs }) => -seenMs,
};
