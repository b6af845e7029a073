import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ReconError } from '../domain/errors.ts';
import { Recipe } from '../domain/recipe.ts';
import { messageOf } from '../domain/values/message-of.ts';
import { exists } from '../platform/files/files.ts';

/**
 * All recipes, sorted by name.
 * @throws ReconError `usage` when a recipe.json does not fit the schema
 */
export async function listRecipes(recipesDirectory: string): Promise<Recipe[]> {
  const names = (await readdir(recipesDirectory, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const recipes: Recipe[] = [];
  for (const name of names.sort()) {
    const path = join(recipesDirectory, name, 'recipe.json');
    if (await exists(path)) recipes.push(await readRecipe(path, name));
  }
  return recipes;
}

/** @throws ReconError `recipe-unknown` with the possible ones */
export function findRecipe(recipes: readonly Recipe[], name: string): Recipe {
  const found = recipes.find((recipe) => recipe.name === name);
  if (found !== undefined) return found;
  throw new ReconError(
    'recipe-unknown',
    `there is no recipe "${name}"; the recipes are: ${recipes.map((recipe) => recipe.name).join(', ')}`,
  );
}

async function readRecipe(path: string, name: string): Promise<Recipe> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new ReconError('usage', `${path} is not JSON: ${messageOf(cause)}`, { cause });
  }
  const result = Recipe.safeParse(parsed);
  if (!result.success) throw new ReconError('usage', `${path}: ${z.prettifyError(result.error)}`);
  if (result.data.name !== name) throw new ReconError('usage', `${path} is named "${result.data.name}", its directory "${name}"`);
  return result.data;
}
