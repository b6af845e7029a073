import { ReconError } from '../domain/errors.ts';
import type { Recipe } from '../domain/recipe.ts';
import { messageOf } from '../domain/values/message-of.ts';
import { type HostLine, lacks } from './host/host-line.ts';
import { hostLines } from './host/host-lines.ts';
import { mirrorLines } from './host/mirror-lines.ts';
import { keyringSetting } from './host/signature.ts';
import type { BuildPaths } from './image/paths.ts';
import { readBuildSettings, sourcesOf } from './plan-build.ts';
import { chooseRelease } from './release-setting.ts';
import { signerSetting } from './sign-sums.ts';

export interface CheckRequest {
  recipe: Recipe;
  paths: BuildPaths;
  environment: Readonly<Record<string, string | undefined>>;
  print: (text: string) => void;
}

/**
 * `./make-recipe-target RECIPE check`: all that a build needs, each with a word and what to do. Downloads nothing but the index of the mirror, and
 * leaves nothing behind.
 * @throws ReconError `host-unfit` when something is missing
 */
export async function showCheck({ recipe, paths, environment, print }: CheckRequest): Promise<void> {
  const [own, others] = await Promise.all([
    hostLines({ ...recipe, suite: releaseOrOwn(recipe, environment) }, paths),
    otherLines(recipe, paths, environment),
  ]);
  const lines = [...own, ...others];
  print(checkText(lines));
  const missing = lines.filter((line) => line.missing !== undefined).length;
  if (missing === 0) return print(`\n${recipe.name} can be built here: ./make-recipe-target ${recipe.name} target\n`);
  throw new ReconError(
    'host-unfit',
    `${recipe.name} cannot be built here yet: ${missing} of ${lines.length} ${missing === 1 ? 'is' : 'are'} missing`,
  );
}

/** A line each, and below what is missing what to do. Pure. */
export function checkText(lines: readonly HostLine[]): string {
  const width = Math.max(0, ...lines.map(({ what }) => what.length));
  return lines
    .map(({ what, found, missing }) => {
      const line = `${missing === undefined ? 'ok     ' : 'MISSING'}  ${what.padEnd(width)}  ${found}\n`;
      return missing === undefined ? line : `${line}${' '.repeat(width + 11)}do: ${missing.hint}\n`;
    })
    .join('');
}

/** A release that the recipe does not know is a line of its own: of the others each is what it is for. */
function releaseOrOwn(recipe: Recipe, environment: CheckRequest['environment']): string {
  try {
    return chooseRelease(recipe, environment).release;
  } catch {
    return recipe.suite;
  }
}

/** Settings, and the mirror that they name. */
async function otherLines(recipe: Recipe, paths: BuildPaths, environment: CheckRequest['environment']): Promise<HostLine[]> {
  try {
    readBuildSettings(environment);
    await signerSetting(environment);
    const { repositories } = await sourcesOf(recipe, paths, environment);
    return await mirrorLines({ repositories, keyring: await keyringSetting(environment['MIRROR_KEYRING']) });
  } catch (cause) {
    if (!(cause instanceof ReconError)) throw cause;
    return [lacks('settings', cause.code, messageOf(cause), cause.hint ?? '')];
  }
}
