import { ReconError } from '../domain/errors.ts';
import type { Recipe } from '../domain/recipe.ts';

/** Which release a build is of, and the KIWI profiles that this takes. */
export interface Release {
  release: string;
  profiles: readonly string[];
}

/**
 * The release of a recipe: the one that its setting names (`LEAP=16.0`), otherwise its own.
 * @throws ReconError `usage` for a release that the recipe does not know
 */
export function chooseRelease(
  { name, suite, profile, releases }: Pick<Recipe, 'name' | 'suite' | 'profile' | 'releases'>,
  environment: Readonly<Record<string, string | undefined>>,
): Release {
  if (releases === undefined) return { release: suite, profiles: [profile] };
  const release = environment[releases.setting]?.trim() || suite;
  const ofRelease = Object.hasOwn(releases.profiles, release) ? releases.profiles[release] : undefined;
  if (ofRelease !== undefined) return { release, profiles: [profile, ofRelease] };
  throw new ReconError('usage', `${releases.setting}=${release}: ${name} is made from ${Object.keys(releases.profiles).join(', ')}`, {
    hint: `${releases.setting}=${suite} ./make-recipe-target ${name} target`,
  });
}
