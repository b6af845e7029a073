import type { NodeSummary } from '../../domain/api.ts';
import { ipv4Number, isIpv4 } from '../../domain/ip-address.ts';
import { lastSeenMs, type Phase, phaseOf } from '../../domain/phase.ts';

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
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = rows.filter((row) => (phase === 'all' || row.phase === phase) && words.every((word) => searchText(row).includes(word)));
  const key = SORTS[sort];
  const sign = isDescending ? -1 : 1;
  return fitting
    .map((row) => ({ row, key: key(row) }))
    .sort((a, b) => (sign * compare(a.key, b.key) || compare(a.row.node.mac, b.row.node.mac)) as number)
    .map(({ row }) => row);
}

/** MAC addresses are found in each of their spellings. */
function searchText({ node, name }: ListRow): string {
  const bare = node.mac.replaceAll(':', '');
  const parts = [node.mac, node.mac.replaceAll(':', '-'), bare, node.serial, node.product, node.vendor, node.address, name];
  return [...parts, ...(node.macs ?? [])]
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

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
