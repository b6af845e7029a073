import type { PoolImageView } from '../../domain/pool/api-views.ts';
import type { KnownPool } from '../live/known.ts';
import { imageOf } from '../words/boot-options.ts';

/** Who uses a version of an image. */
export interface ImageUses {
  image: PoolImageView;
  /** names of nodes */
  running: readonly string[];
  next: readonly string[];
}

/** Images with their versions, the newest first, and who runs or will run each. */
export function imageUses({ images, nodes, profiles }: Pick<KnownPool, 'images' | 'nodes' | 'profiles'>): ImageUses[] {
  const [running, next] = [new Map<string, string[]>(), new Map<string, string[]>()];
  for (const { name, seen, wouldRun } of nodes) {
    note(running, versionOf(seen?.runs), name);
    note(next, versionOf(wouldRun), name);
  }
  return [...images]
    .sort((a, b) => a.name.localeCompare(b.name) || b.version - a.version)
    .map((image) => {
      const key = `${image.name}@${image.version}`;
      return { image, running: running.get(key) ?? [], next: next.get(key) ?? [] };
    });

  /** `compute@3`, of a profile, in the words of its image: `compute-debian-13@3` */
  function versionOf(choice: string | undefined): string | undefined {
    const [name = '', version] = choice?.split('@') ?? [];
    const { image } = imageOf(name, profiles[name]);
    return version === undefined || image === undefined ? undefined : `${image}@${version}`;
  }
}

function note(lists: Map<string, string[]>, key: string | undefined, name: string): void {
  if (key !== undefined) lists.set(key, [...(lists.get(key) ?? []), name]);
}
