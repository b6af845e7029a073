import type { Pool } from '../../../src/domain/pool/pool.ts';
import { PoolGroups, PoolNodes, PoolSettings } from '../../../src/domain/pool/pool-settings.ts';
import { BUILT_IN_PROFILES, Profile } from '../../../src/domain/pool/profile.ts';

const MINE = { compute: { kind: 'compute', image: 'compute-debian-13@3' }, old: { kind: 'compute', image: 'compute-debian-12@1' } };

/** A pool of these parts, with the profiles `compute` and `old` beside the built-in ones. */
export function poolOf(
  parts: { nodes?: object; groups?: object; rules?: readonly object[]; default?: string; unknown?: string } = {},
): Pool {
  const { nodes = {}, groups = {}, ...settings } = parts;
  const parsed = PoolSettings.parse(settings);
  const own = Object.entries(MINE).map(([name, profile]) => [name, Profile.parse(profile)] as const);
  return {
    settings: parsed,
    nodes: new Map(Object.entries(PoolNodes.parse(nodes))),
    groups: new Map(Object.entries(PoolGroups.parse(groups))),
    profiles: new Map([...BUILT_IN_PROFILES, ...own]),
    places: new Map([['node node-000', 'nodes.yaml line 1']]),
  };
}
