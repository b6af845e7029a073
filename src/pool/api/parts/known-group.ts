import { ReconError } from '../../../domain/errors.ts';
import type { Pool } from '../../../domain/pool/pool.ts';
import { nearestWord } from '../../../domain/values/nearest-word.ts';

/** Whoever is limited to a group that is misspelt may do nothing, and finds it out too late. @throws ReconError `usage` */
export function requireGroups({ groups }: Pick<Pool, 'groups'>, names: readonly string[] | undefined): void {
  const absent = names?.find((name) => !groups.has(name));
  if (absent === undefined) return;
  const near = nearestWord(absent, [...groups.keys()]);
  const there = groups.size === 0 ? 'There is none in this pool.' : `There are ${[...groups.keys()].slice(0, 20).join(', ')}.`;
  throw new ReconError('usage', `groups: there is no group ${absent}`, { hint: near === undefined ? there : `Did you mean ${near}?` });
}
