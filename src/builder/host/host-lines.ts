import type { Recipe } from '../../domain/recipe.ts';
import type { BuildPaths } from '../image/paths.ts';
import type { HostLine } from './host-line.ts';
import { interpreterLine } from './interpreter-line.ts';
import { kiwiLine } from './kiwi-line.ts';
import { distributionLine, kernelLine, loopLine, processorLine, ramLine, rootLine } from './machine-lines.ts';
import { outputLines } from './output-lines.ts';
import { programsLine } from './programs-line.ts';

/** What a build of this recipe needs of this host, without the network: what makes the others pointless first. */
export async function hostLines(recipe: Recipe, paths: Pick<BuildPaths, 'repository' | 'output'>): Promise<HostLine[]> {
  const lines = await Promise.all([
    processorLine(),
    interpreterLine(recipe.architecture),
    distributionLine(recipe),
    rootLine(recipe.name),
    programsLine(recipe),
    outputLines(paths.output),
    ramLine(),
    loopLine(),
    kernelLine(),
    kiwiLine(recipe, paths.repository),
  ]);
  return lines.flat();
}
