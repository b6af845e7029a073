import type { PoolGroup, PoolNode, PoolSettings } from './pool-settings.ts';
import type { Profile } from './profile.ts';

/** What is wanted of a pool, from all files of its folder; built-in profiles included. */
export interface Pool {
  settings: Omit<PoolSettings, 'nodes' | 'groups'>;
  /** by name, in the order of the files */
  nodes: ReadonlyMap<string, PoolNode>;
  groups: ReadonlyMap<string, PoolGroup>;
  profiles: ReadonlyMap<string, Profile>;
  /** where each thing was written, as `nodes.yaml line 12`; by `node NAME`, `group NAME`, `profile NAME`, `rule NUMBER` (from 1), `default`, `unknown` */
  places: Pick<ReadonlyMap<string, string>, 'get'>;
}
