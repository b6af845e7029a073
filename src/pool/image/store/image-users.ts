import { parseBootChoice } from '../../../domain/pool/boot-choice.ts';
import type { Pool } from '../../../domain/pool/pool.ts';
import type { Profile } from '../../../domain/pool/profile.ts';

/** A version of an image, and whether it is what `@newest` means. */
export interface VersionInPool {
  name: string;
  version: number;
  isNewest: boolean;
}

/** A node that is up, and what it says that it runs, as `compute@3`. */
export interface RunningNode {
  name: string;
  runs: string;
}

/**
 * What in the desired state needs a version, and which nodes run it; as `node node-000 (nodes.yaml line 12)`. Pure. A version that a node names beside its
 * profile (`compute@3`) counts for the image of that profile; `@newest`, or no version, counts for the newest.
 */
export function imageUsers(pool: Pool, image: VersionInPool, running: readonly RunningNode[] = []): string[] {
  const users = running.flatMap(({ name, runs }) => (isOf(pool, runs, image) ? [`${name}, which runs it`] : []));
  const note = (of: string): void => {
    const place = pool.places.get(of);
    users.push(place === undefined ? of : `${of} (${place})`);
  };
  for (const [name, profile] of pool.profiles) {
    const choice = imageOfProfile(profile);
    if (choice !== undefined && names(choice, image, image.name)) note(`profile ${name}`);
  }
  for (const [of, choice] of choices(pool)) {
    if (isOf(pool, choice, image)) note(of);
  }
  return users;
}

/** Whether a profile with a version means this one; without a version of its own it is the profile that needs the image. */
function isOf({ profiles }: Pick<Pool, 'profiles'>, choice: string, image: VersionInPool): boolean {
  const parsed = parseBootChoice(choice);
  const profile = parsed === undefined ? undefined : profiles.get(parsed.profile);
  if (parsed?.imageVersion === undefined || profile === undefined) return false;
  return parseBootChoice(imageOfProfile(profile) ?? '')?.profile === image.name && names(choice, image, parsed.profile);
}

/** The image that a profile boots, `NAME[@VERSION]`; undefined for one that boots none. */
export function imageOfProfile(profile: Profile): string | undefined {
  if (profile.kind === 'failsafe') return profile.image ?? 'failsafe';
  return profile.kind === 'compute' ? profile.image : undefined;
}

function names(choice: string, { version, isNewest }: VersionInPool, expected: string): boolean {
  const parsed = parseBootChoice(choice);
  if (parsed?.profile !== expected) return false;
  return typeof parsed.imageVersion === 'number' ? parsed.imageVersion === version : isNewest;
}

function* choices({ nodes, groups, settings }: Pool): Generator<[of: string, choice: string]> {
  for (const [name, { boot, once }] of nodes) {
    for (const choice of [boot, once]) if (choice !== undefined) yield [`node ${name}`, choice];
  }
  for (const [name, { boot }] of groups) if (boot !== undefined) yield [`group ${name}`, boot];
  for (const [index, { boot }] of settings.rules.entries()) yield [`rule ${index + 1}`, boot];
  yield ['default', settings.default];
  yield ['unknown', settings.unknown];
}
