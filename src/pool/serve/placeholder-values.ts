import type { PlaceholderValues } from '../../domain/pool/placeholders.ts';
import type { Pool } from '../../domain/pool/pool.ts';

export interface PlaceholderFacts {
  node: string | undefined;
  /** first the one that counts most */
  groups: readonly string[];
  imageVersion: number | undefined;
  /** as the machine reached us */
  headAddress: string;
}

/** What `${…}` means for a machine. */
export function placeholderValues(
  { nodes }: Pick<Pool, 'nodes'>,
  { node: name = '', groups, imageVersion, headAddress }: PlaceholderFacts,
): PlaceholderValues {
  const node = nodes.get(name);
  return {
    'node.name': name,
    'node.tags': (node?.tags ?? []).join(','),
    'node.address': node?.address ?? '',
    group: groups[0] ?? '',
    'image.version': imageVersion === undefined ? '' : String(imageVersion),
    'head.address': headAddress,
  };
}
