import type { NewMachine, NodeView, PoolImageView, PoolOverview } from '../../domain/pool/api-views.ts';
import type { PoolGroup } from '../../domain/pool/pool-settings.ts';
import type { Profile } from '../../domain/pool/profile.ts';
import { askHead } from './ask-head.ts';

/** What the page has been told by the head. */
export interface KnownPool {
  /** of the nodes */
  revision: number;
  nodes: readonly NodeView[];
  newMachines: readonly NewMachine[];
  profiles: Readonly<Record<string, Profile>>;
  groups: Readonly<Record<string, PoolGroup>>;
  images: readonly PoolImageView[];
  overview: PoolOverview;
}

/** What machines do changes the nodes, and nothing else. @throws Refusal */
export async function askForPoolNodes(): Promise<Pick<KnownPool, 'revision' | 'nodes' | 'newMachines'>> {
  return askHead('/nodes');
}

/** Everything at once; it is small beside one image. @throws Refusal */
export async function askForPool(): Promise<KnownPool> {
  const [nodes, profiles, groups, images, overview] = await Promise.all([
    askForPoolNodes(),
    askHead<KnownPool['profiles']>('/profiles'),
    askHead<KnownPool['groups']>('/groups'),
    askHead<KnownPool['images']>('/images'),
    askHead<PoolOverview>('/pool'),
  ]);
  return { ...nodes, profiles, groups, images, overview };
}
