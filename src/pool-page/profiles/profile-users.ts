import { counted } from '../../domain/values/counted.ts';
import type { KnownPool } from '../live/known.ts';

/** What names a profile besides nodes, in words: groups, rules, menus, and what is said of machines that nothing else is said of. */
export function otherUsers({ groups, profiles, overview }: Pick<KnownPool, 'groups' | 'profiles' | 'overview'>, name: string): string[] {
  const isMeant = (text: string | undefined): boolean => text?.split('@')[0] === name;
  const [inGroups, inRules] = [
    Object.entries(groups).flatMap(([group, { boot }]) => (isMeant(boot) ? [group] : [])),
    overview.rules.flatMap(({ boot }, at) => (isMeant(boot) ? [String(at + 1)] : [])),
  ];
  const menus = Object.entries(profiles).flatMap(([menu, profile]) =>
    profile.kind === 'menu' && [...profile.items, profile.default].includes(name) ? [menu] : [],
  );
  return [
    ...listed('group', inGroups),
    ...listed('rule', inRules),
    ...listed('menu', menus),
    ...(isMeant(overview.default) ? ['nodes of which nothing is said'] : []),
    ...(isMeant(overview.unknown) ? ['unknown machines'] : []),
  ];
}

function listed(word: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  return [names.length > 5 ? counted(names.length, word) : `${word}${names.length === 1 ? '' : 's'} ${names.join(', ')}`];
}
