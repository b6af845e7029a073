import { join } from 'node:path';
import { geteuid } from 'node:process';
import { findDebianMirror } from '../../../builder/image/apt-mirror.ts';
import { aptSources } from '../../../builder/image/apt-sources.ts';
import { ReconError } from '../../../domain/errors.ts';
import { makeDirectory } from '../../../platform/files/directories.ts';
import { exists, freeBytes } from '../../../platform/files/files.ts';
import type { Log } from '../../../platform/log.ts';
import { run } from '../../../platform/process/command.ts';
import type { StoredImage } from '../store/stored-images.ts';
import { type BuildStep, buildPoolImage } from './build-image.ts';
import { findImageRecipe, type ImageRecipe } from './image-recipe.ts';
import { requireRepositories } from './rpm-tree.ts';

export interface PoolImageRequest {
  /** of a recipe that comes with the program, or the path of a folder */
  name: string;
  images: string;
  repository: string;
  environment: Readonly<Record<string, string | undefined>>;
  log: Log;
  isFast: boolean;
  isEmbedded: boolean;
  only?: BuildStep;
  signal: AbortSignal;
}

const NEEDED_BYTES = 3 * 1024 ** 3;

/**
 * Builds the next version of an image of the boot pool on this host, which is given what it lacks.
 * @throws ReconError `recipe-unknown`, `usage`, `not-root`, `host-unfit`, `disk-full`, and what a build throws
 */
export async function buildFromRecipe({ name, environment, ...request }: PoolImageRequest): Promise<StoredImage> {
  const { repository, images } = request;
  const located = await findImageRecipe(join(repository, 'recipes/images'), name);
  if (geteuid?.() !== 0) {
    throw new ReconError('not-root', 'building an image needs root, for chroot and the owners of files', {
      hint: `sudo ./recon image build ${name}`,
    });
  }
  const mirror = environment['MIRROR'] ?? findDebianMirror(await aptSources());
  if (mirror === undefined) {
    throw new ReconError('host-unfit', 'this host has no Debian mirror in its apt sources', {
      hint: `name one: MIRROR=http://… ./recon image build ${name}`,
    });
  }
  const repositories = (environment['REPOSITORY'] ?? '').split(/\s+/).filter((url) => url !== '');
  // before minutes of work for the parts
  if (located.recipe.root?.packager === 'dnf') requireRepositories(repositories);
  await prepareHost(repository, located.recipe, request.log);
  await requireRoom(images);
  return buildPoolImage({ ...request, ...located, mirror, repositories });
}

/** Installs what is missing, as a build of the stick's image does. @throws ReconError `host-unfit` with what it said */
async function prepareHost(repository: string, { root }: ImageRecipe, log: Log): Promise<void> {
  const script = join(repository, '.ci/prepare-host');
  if (!(await exists(script))) return;
  const set = root?.packager === 'dnf' ? 'image-rpm' : 'image';
  const result = await run([script, set], { timeoutMs: 1_800_000, onLine: (line) => line.startsWith('prepare-host:') && log.info(line) });
  if (result.status === 'ok') return;
  const said = result.stderr
    .toString('utf8')
    .split('\n')
    .filter((line) => line.startsWith('prepare-host:'));
  throw new ReconError('host-unfit', `this host lacks what a build needs: ${said.at(-2) ?? ''}`, {
    hint: said.at(-1) ?? `${script} ${set}`,
  });
}

async function requireRoom(images: string): Promise<void> {
  try {
    await makeDirectory(images);
  } catch (cause) {
    throw new ReconError('not-writable', `${images} cannot be made`, { hint: 'name another directory with --images', cause });
  }
  const free = await freeBytes(images);
  if (free >= NEEDED_BYTES) return;
  throw new ReconError('disk-full', `${images} has ${Math.floor(free / 1e6)} MB free, a build needs ${Math.ceil(NEEDED_BYTES / 1e6)} MB`, {
    hint: 'recon image keep NAME --last 3, or name a directory on a larger disk with --images',
  });
}
