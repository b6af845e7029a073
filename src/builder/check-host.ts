import { ReconError } from '../domain/errors.ts';
import type { Recipe } from '../domain/recipe.ts';
import type { HostLine } from './host/host-line.ts';
import { hostLines } from './host/host-lines.ts';
import type { BuildPaths } from './image/paths.ts';

/**
 * Makes sure before any work that this host can build the recipe.
 * @throws ReconError `not-root`, `host-unfit`, `not-writable`, `disk-full`
 */
export async function checkBuildHost(recipe: Recipe, paths: BuildPaths): Promise<void> {
  refuseMissing(await hostLines(recipe, paths));
}

/** @throws ReconError for the first line that is missing */
export function refuseMissing(lines: readonly HostLine[]): void {
  for (const { found, missing } of lines) if (missing !== undefined) throw new ReconError(missing.code, found, { hint: missing.hint });
}
