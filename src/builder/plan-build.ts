import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import type { Recipe } from '../domain/recipe.ts';
import { readOrUndefined } from '../platform/files/files.ts';
import { ageRecipient } from './age-recipient-setting.ts';
import { checkBuildHost, refuseMissing } from './check-host.ts';
import { toolRepositories } from './host/kiwi-line.ts';
import { mirrorLines } from './host/mirror-lines.ts';
import { mirrorSetting } from './host/mirror-setting.ts';
import { type Repository, repositoriesOf } from './host/repositories.ts';
import { keyringSetting } from './host/signature.ts';
import { findDebianMirror } from './image/apt-mirror.ts';
import { aptSources } from './image/apt-sources.ts';
import { dataSizeBytes } from './image/data-partition.ts';
import { describeImage } from './image/description.ts';
import { buildDate } from './image/identity.ts';
import { hashTree } from './image/inputs.ts';
import type { BuildPaths } from './image/paths.ts';
import type { StagedDescription } from './image/stage.ts';
import { findLeapMirror, zyppRepositories } from './image/zypp-mirror.ts';
import { chooseRelease } from './release-setting.ts';
import { type Signer, signerSetting } from './sign-sums.ts';
import { SQUASH_LEVELS, type SquashLevel } from './trim/squash-root.ts';
import { trimRules } from './trim/trimmed-root.ts';

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
  /** file of the keys that the mirror's index is signed with, `none`; undefined: they are not on this host */
  readonly keyring: string | undefined;
  readonly signer: Signer | undefined;
  /** of the root image */
  readonly level: SquashLevel;
  /** SOURCE_DATE_EPOCH; undefined: the time when it is built */
  readonly sourceDate: string | undefined;
  /** all that packages come from, those of the builder's own tools included */
  readonly repositories: readonly Repository[];
  readonly release: string;
  /** of KIWI */
  readonly profiles: readonly string[];
  /** KIWI's description, with mirror and release put in */
  readonly configXml: string;
}

/**
 * Reads the settings and looks at the host, so that what cannot work is said before any work.
 * @throws ReconError `usage` for a setting, `host-unfit`, `not-root`, `not-writable`, `disk-full`
 */
export async function planBuild({ recipe, paths, environment }: BuildRequest): Promise<BuildPlan> {
  const settings = readBuildSettings(environment);
  mirrorSetting(environment['MIRROR']);
  const { release } = chooseRelease(recipe, environment);
  const keyring = await keyringSetting(environment['MIRROR_KEYRING']);
  const signer = await signerSetting(environment);
  const sourceDate = environment['SOURCE_DATE_EPOCH'];
  buildDate(sourceDate, new Date());
  // both ask KIWI for its version, which takes it half a second; what the host lacks is said first
  const sources = sourcesOf(recipe, paths, environment);
  sources.catch(() => {});
  await checkBuildHost({ ...recipe, suite: release }, paths);
  return { recipe, paths, ...settings, keyring, signer, sourceDate, ...(await sources) };
}

/** @throws ReconError `usage` */
export function readBuildSettings(environment: BuildRequest['environment']): Pick<BuildPlan, 'sizeBytes' | 'encryptTo' | 'level'> {
  const level = isSet(environment['FAST']) ? SQUASH_LEVELS.fast : SQUASH_LEVELS.small;
  return { sizeBytes: dataSizeBytes(environment['DATA_SIZE']), encryptTo: ageRecipient(environment['AGE_RECIPIENT']), level };
}

/** A switch that is on: `FAST=1`. @throws ReconError `usage` for a word that is neither on nor off */
function isSet(value: string | undefined): boolean {
  if (value === '1') return true;
  if (value === undefined || value === '' || value === '0') return false;
  throw new ReconError('usage', `FAST=${value} is neither 1 nor 0`, { hint: 'FAST=1 packs the root image weakly: for trying something' });
}

/**
 * Where a build takes its packages from, its own tools included.
 * @throws ReconError `usage` for a mirror that is none, `host-unfit` when the recipe wants one and none is known
 */
export async function sourcesOf(
  recipe: Recipe,
  paths: Pick<BuildPaths, 'recipe' | 'repository'>,
  environment: BuildRequest['environment'],
): Promise<Pick<BuildPlan, 'mirror' | 'release' | 'profiles' | 'configXml' | 'repositories'>> {
  const chosen = chooseRelease(recipe, environment);
  const mirror = mirrorSetting(environment['MIRROR']) ?? (await mirrorOfHost(recipe.family)) ?? recipe.mirror;
  const description = (await readOrUndefined(join(paths.recipe, 'config.xml')))?.toString('utf8') ?? '';
  const configXml = describeImage(description, { mirror, ...chosen });
  const tools = await toolRepositories(recipe, paths.repository, mirror ?? '');
  return { mirror: mirror ?? '', ...chosen, configXml, repositories: [...repositoriesOf(configXml, recipe.architecture), ...tools] };
}

async function mirrorOfHost(family: Recipe['family']): Promise<string | undefined> {
  return family === 'debian' ? findDebianMirror(await aptSources()) : findLeapMirror(await zyppRepositories());
}

/**
 * Asks the mirror for the index of what is about to be installed.
 * @throws ReconError `host-unfit` in one sentence when it is not there, not the release, or not signed
 */
export async function checkMirror({ repositories, keyring }: Pick<BuildPlan, 'repositories' | 'keyring'>): Promise<void> {
  refuseMissing(await mirrorLines({ repositories, keyring }));
}

/** sha256 over all that goes into an image: two builds with the same one give the same image, but for its date. */
export async function inputsOf(plan: BuildPlan, { directory, program }: Pick<StagedDescription, 'directory' | 'program'>): Promise<string> {
  const { recipe, paths, profiles, sizeBytes, encryptTo, level } = plan;
  const packing = `${level} ${await trimRules(paths.repository)}`;
  const settings = `${sizeBytes} ${profiles.join(' ')} ${recipe.architecture} ${packing}${encryptTo === undefined ? '' : ` ${encryptTo}`}`;
  return createHash('sha256')
    .update(`${await hashTree(directory)} ${await hashTree(program)} ${settings}`)
    .digest('hex');
}
