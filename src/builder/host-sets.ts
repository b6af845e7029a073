import { join } from 'node:path';
import { listRecipes } from './recipes.ts';
import type { TargetName } from './targets.ts';

/** What the target is made with, as `.ci/prepare-host` calls it. */
export type HostSet = 'build';

/**
 * What this host has to be prepared for before a target is made. A SUSE recipe needs a SUSE host, and that is said before anything is
 * installed: so it asks for nothing here. Neither does what is not known, which the call itself will say.
 * @throws ReconError `usage` when a recipe.json does not fit the schema
 */
export async function hostSets(
  repository: string,
  recipeName: string | undefined,
  targetName: string | undefined,
): Promise<readonly HostSet[]> {
  const recipes = await listRecipes(join(repository, 'recipes'));
  const family = recipes.find(({ name }) => name === recipeName)?.family;
  const builds: TargetName = 'target';
  return family === 'debian' && targetName === builds ? ['build'] : [];
}
