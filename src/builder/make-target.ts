import { join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import type { Recipe } from '../domain/recipe.ts';
import { removePath } from '../platform/files/directories.ts';
import { exists } from '../platform/files/files.ts';
import type { Log } from '../platform/log.ts';
import { alone } from './alone.ts';
import { buildImage } from './build.ts';
import { placeForHttp } from './http.ts';
import { type BuildPaths, buildPaths } from './image/paths.ts';
import { refuseStandIn } from './image/stand-in.ts';
import { findRecipe, listRecipes } from './recipes.ts';
import { showCheck } from './show-check.ts';
import { findTarget, TARGETS, type TargetName } from './targets.ts';
import { readBuildManifest } from './up-to-date.ts';
import { targetsText, usageText } from './usage.ts';
import { makeDisk, makeVirtual } from './virtual.ts';

export interface MakeTargetOptions {
  repository: string;
  recipe: string | undefined;
  target: string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
  log: Log;
  print: (text: string) => void;
}

/**
 * `./make-recipe-target [recipe [target]]`.
 * @throws ReconError `recipe-unknown` or `target-unknown` with the possible ones, and what the target throws
 */
export async function makeTarget(options: MakeTargetOptions): Promise<void> {
  const recipes = await listRecipes(join(options.repository, 'recipes'));
  if (options.recipe === undefined || isHelp(options.recipe)) return options.print(usageText(recipes));
  const recipe = findRecipe(recipes, options.recipe);
  if (options.target === undefined) return options.print(targetsText(recipe));
  const target = findTarget(options.target);
  if (target === undefined) {
    const possible = TARGETS.map(({ name }) => name).join(', ');
    throw new ReconError('target-unknown', `there is no target "${options.target}"; the targets of ${recipe.name} are: ${possible}`);
  }
  await runTarget(target, recipe, options);
}

/** A word in the place of a recipe that is none. */
function isHelp(word: string): boolean {
  return word === 'help' || word === 'all';
}

/** What there is no build of is said by the target itself. */
async function refuseBuiltStandIn({ output }: Pick<BuildPaths, 'output'>, recipeName: string): Promise<void> {
  const manifest = await readBuildManifest(output);
  if (manifest !== undefined) refuseStandIn(manifest, recipeName);
}

async function runTarget(target: TargetName, recipe: Recipe, { repository, environment, log, print }: MakeTargetOptions): Promise<void> {
  const paths = buildPaths(repository, recipe.name);
  switch (target) {
    case 'target':
      return buildImage({ recipe, paths, environment, log });
    case 'http':
      return placeForHttp({
        paths,
        recipeName: recipe.name,
        directory: environment['HTTP_DIR'] || '/srv/www/htdocs/install/recon',
        baseUrl: (environment['HTTP_URL'] || 'http://bang/install/recon').replace(/\/+$/, ''),
        log,
      });
    case 'virtual':
      return alone(paths, () => makeVirtual({ paths, recipe, log }));
    case 'disk':
      await refuseBuiltStandIn(paths, recipe.name);
      return alone(paths, () => makeDisk({ paths, recipe, log }));
    case 'check':
      return showCheck({ recipe, paths, environment, print });
    case 'all':
      return print(targetsText(recipe));
    case 'clean':
      if (!(await exists(paths.output))) return log.info(`builds/${recipe.name}/ does not exist: nothing to clean`);
      await alone(paths, async () => {
        await removePath(paths.output);
        await removePath(paths.cache);
      });
      return log.info(`removed builds/${recipe.name}/ and its cache`);
  }
}
