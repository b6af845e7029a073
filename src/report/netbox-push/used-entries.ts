import type { NetboxKind } from './kinds.ts';
import type { PlanEntry } from './plan.ts';
import { refKey, refsOf, type WantedRef } from './wanted.ts';

/** What many have in common, those that name others last. */
const SHARED: readonly NetboxKind[] = ['rack', 'moduleType', 'deviceType', 'itemRole', 'deviceRole', 'manufacturer', 'site'];

/** The plan without sites, types and roles that nobody in it needs: a device that NetBox has keeps its own. */
export function usedEntries(entries: ReadonlyMap<NetboxKind, readonly PlanEntry[]>): Map<NetboxKind, readonly PlanEntry[]> {
  const used = new Set<string>();
  const use = (some: readonly PlanEntry[]): void => {
    for (const entry of some) for (const ref of refsOfEntry(entry)) used.add(refKey(ref));
  };
  const kept = new Map(entries);
  for (const [kind, some] of entries) if (!SHARED.includes(kind)) use(some);
  for (const kind of SHARED) {
    const own = (entries.get(kind) ?? []).filter(({ action, wanted }) => action !== 'create' || used.has(refKey(wanted)));
    kept.set(kind, own);
    use(own);
  }
  return kept;
}

function refsOfEntry({ action, wanted, changes }: PlanEntry): WantedRef[] {
  if (action === 'create') return refsOf(wanted);
  if (action !== 'change') return [];
  return changes.flatMap(({ value }) => (typeof value === 'object' && 'idOf' in value ? [value.idOf] : []));
}
