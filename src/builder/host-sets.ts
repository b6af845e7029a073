import { join } from 'node:path';
import type { Architecture } from '../domain/values/architecture.ts';
import { isForeign } from './foreign/is-foreign.ts';
import { listRecipes } from './recipes.ts';
import type { TargetName } from './targets.ts';

/** What the target is made with, as `.ci/prepare-host` calls it. */
export type HostSet = 'build' | 'leap' | Architecture;

/**
 * What this host has to be prepared for before a target is made. What is not known asks for nothing: the call itself will say so.
 * @throws ReconError `usage` when a recipe.json does not fit the schema
 */
export async function hostSets(
  repository: string,
  recipeName: string | undefined,
  targetName: string | undefined,
): Promise<readonly HostSet[]> {
  const recipes = await listRecipes(join(repository, 'recipes'));
  const recipe = recipes.find(({ name }) => name === recipeName);
  const builds: TargetName = 'target';
  if (recipe === undefined || targetName !== builds) return [];
  const { family, architecture } = recipe;
  return [family === 'debian' ? 'build' : 'leap', ...(isForeign(architecture) ? [architecture] : [])];
}
