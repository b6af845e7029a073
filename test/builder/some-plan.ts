import { buildPaths } from '../../src/builder/image/paths.ts';
import type { BuildPlan } from '../../src/builder/plan-build.ts';
import type { Recipe } from '../../src/domain/recipe.ts';

/** A plan of a build below `repository`, with nothing set and no mirror. */
export function somePlan(recipe: Recipe, repository: string): BuildPlan {
  return {
    recipe,
    paths: buildPaths(repository, recipe.name),
    sizeBytes: 1,
    encryptTo: undefined,
    level: 19,
    mirror: '',
    keyring: undefined,
    signer: undefined,
    sourceDate: undefined,
    repositories: [],
    release: recipe.suite,
    profiles: [recipe.profile],
    configXml: '',
  };
}
