import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Recipe } from '../domain/recipe.ts';
import { readOrUndefined } from '../platform/files/files.ts';
import { ageRecipient } from './age-recipient-setting.ts';
import { checkBuildHost } from './check-host.ts';
import { findDebianMirror } from './image/apt-mirror.ts';
import { aptSources } from './image/apt-sources.ts';
import { dataSizeBytes } from './image/data-partition.ts';
import { describeImage } from './image/description.ts';
import { hashTree } from './image/inputs.ts';
import type { BuildPaths } from './image/paths.ts';

export interface BuildRequest {
  recipe: Recipe;
  paths: BuildPaths;
  environment: Readonly<Record<string, string | undefined>>;
}

/** What is decided before a build begins. Nothing of it changes on the way. */
export interface BuildPlan {
  readonly recipe: Recipe;
  readonly paths: BuildPaths;
  /** of the data partition */
  readonly sizeBytes: number;
  /** public key of age */
  readonly encryptTo: string | undefined;
  /** of the distribution; empty when the description names its own */
  readonly mirror: string;
  /** KIWI's description, with the mirror put in */
  readonly configXml: string;
}

/**
 * Reads the settings and looks at the host, so that what cannot work is said before any work.
 * @throws ReconError `usage` for a setting, `host-unfit`, `not-root`, `not-writable`, `disk-full`
 */
export async function planBuild({ recipe, paths, environment }: BuildRequest): Promise<BuildPlan> {
  const sizeBytes = dataSizeBytes(environment['DATA_SIZE']);
  const encryptTo = ageRecipient(environment['AGE_RECIPIENT']);
  await checkBuildHost(recipe, paths);
  const mirror = environment['MIRROR'] || (recipe.family === 'debian' ? findDebianMirror(await aptSources()) : undefined);
  const description = (await readOrUndefined(join(paths.recipe, 'config.xml')))?.toString('utf8') ?? '';
  return { recipe, paths, sizeBytes, encryptTo, mirror: mirror ?? '', configXml: describeImage(description, mirror) };
}

/** sha256 over all that goes into an image: two builds with the same one give the same image, but for its date. */
export async function inputsOf({ recipe, sizeBytes, encryptTo }: BuildPlan, stagedDirectory: string): Promise<string> {
  const settings = `${sizeBytes} ${recipe.profile}${encryptTo === undefined ? '' : ` ${encryptTo}`}`;
  return createHash('sha256')
    .update(`${await hashTree(stagedDirectory)} ${settings}`)
    .digest('hex');
}
