import { parseBootChoice } from '../../domain/pool/boot-choice.ts';
import type { Pool } from '../../domain/pool/pool.ts';

/** What names a profile in the desired state, as `node node-000 (nodes.yaml line 12)`. Pure. */
export function profileUsers(pool: Pool, name: string): string[] {
  const { settings, nodes, groups, profiles } = pool;
  const isMeant = (text: string | undefined): boolean => text !== undefined && parseBootChoice(text)?.profile === name;
  const found = [
    ...named(nodes, 'node', ({ boot, once }) => isMeant(boot) || isMeant(once)),
    ...named(groups, 'group', ({ boot }) => isMeant(boot)),
    ...settings.rules.flatMap(({ boot }, index) => (isMeant(boot) ? [`rule ${index + 1}`] : [])),
    ...(isMeant(settings.default) ? ['default'] : []),
    ...(isMeant(settings.unknown) ? ['unknown'] : []),
    ...named(profiles, 'profile', (one) => one.kind === 'menu' && [...one.items, one.default].includes(name)),
  ];
  return found.map((of) => withPlace(pool, of));
}

/** What names a group: nodes that are in it, and rules that put machines there. Pure. */
export function groupUsers(pool: Pool, name: string): string[] {
  const found = [
    ...named(pool.nodes, 'node', ({ groups }) => groups?.includes(name) === true),
    ...pool.settings.rules.flatMap(({ group }, index) => (group === name ? [`rule ${index + 1}`] : [])),
  ];
  return found.map((of) => withPlace(pool, of));
}

function named<Part>(parts: ReadonlyMap<string, Part>, kind: string, isUser: (part: Part) => boolean): string[] {
  return [...parts].flatMap(([name, part]) => (isUser(part) ? [`${kind} ${name}`] : []));
}

function withPlace({ places }: Pool, of: string): string {
  const place = places.get(of);
  return place === undefined ? of : `${of} (${place})`;
}
