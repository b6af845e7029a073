import type { Pool } from '../../domain/pool/pool.ts';
import type { PoolNode } from '../../domain/pool/pool-settings.ts';
import type { Turns } from '../../platform/in-turns.ts';
import { changedNodes } from '../decide/changed-nodes.ts';
import { nodeAt, nodeOf } from '../decide/known-node.ts';
import type { Contradiction } from './contradiction.ts';
import { missingGroups, missingProfiles } from './missing-parts.ts';
import { networkFaults, strayAddresses } from './network-faults.ts';
import { equalPriorities, twice } from './rival-claims.ts';

/**
 * All that a pool must not say, each by itself: what would be found out when a machine boots is refused when it is written. Of a pool that was whole and in which
 * nodes have changed only these are looked at; what they contradict is then told as of any other.
 */
export function* contradictions(pool: Pool): Turns<Contradiction[]> {
  if (whole === undefined || !(yield* isStillWhole(whole, pool))) {
    const found = yield* allContradictions(pool);
    if (found.length > 0) return found;
  }
  whole = pool;
  return [];
}

/** The last pool that was found to be whole. */
let whole: Pool | undefined;

/** The same without knowing any other pool. */
export function* allContradictions(pool: Pool): Turns<Contradiction[]> {
  const found: Contradiction[] = [];
  for (const look of [missingProfiles, missingGroups, equalPriorities, twice, networkFaults, strayAddresses]) {
    found.push(...(yield* look(pool)));
    yield;
  }
  return found;
}

/** So many at once are as quickly looked at with all others. */
const MANY = 2000;

function* isStillWhole(before: Pool, pool: Pool): Turns<boolean> {
  if (before.settings !== pool.settings || !isSame(before.groups, pool.groups) || !isSame(before.profiles, pool.profiles)) return false;
  const names = changedNodes(before.nodes, pool.nodes);
  yield;
  if (names.size > MANY) return false;
  const changed = new Map<string, PoolNode>();
  for (const name of names) {
    const node = pool.nodes.get(name);
    if (node !== undefined) changed.set(name, node);
  }
  if ((yield* allContradictions({ ...pool, nodes: changed })).length > 0) return false;
  const isOfAnother = (holder: string | undefined): boolean => holder !== undefined && !names.has(holder);
  return ![...changed.values()].some(
    ({ macs, address }) =>
      macs.some((mac) => isOfAnother(nodeOf(before, mac))) || (address !== undefined && isOfAnother(nodeAt(before, address))),
  );
}

/** What nobody changed is the same object in the next revision. */
function isSame<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): boolean {
  return before.size === after.size && [...after].every(([name, one]) => before.get(name) === one);
}
