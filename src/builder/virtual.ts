import type { Recipe } from '../domain/recipe.ts';
import { removePath } from '../platform/files/directories.ts';
import type { Log } from '../platform/log.ts';
import { copyImage } from './disk/copy-image.ts';
import { finishedBuild } from './finished-build.ts';
import type { BuildPaths } from './image/paths.ts';

interface CopyTarget {
  paths: BuildPaths;
  recipe: Recipe;
  log: Log;
}

/**
 * A raw disk for virtual machines: the function that installs to a disk, run on a file. So it is none of the stick's, and boots from any bus.
 * @throws ReconError `not-found` without a build, what {@link copyImage} throws
 */
export async function makeVirtual({ paths, recipe, log }: CopyTarget): Promise<void> {
  const { isoPath, manifest } = await finishedBuild(paths, recipe.name);
  const raw = isoPath.replace(/\.iso$/, '.raw');
  try {
    await copyImage({ source: isoPath, target: raw, manifest, workDirectory: paths.work, medium: 'disk', entry: 'master', say: log.info });
    log.info(`${raw}: attach it as a disk of a virtual machine (BIOS or UEFI)`);
  } finally {
    await removePath(paths.work);
  }
}

/**
 * An ISO whose menu installs by itself: for a stick or CD that is there to install. It has an identity of its own, too.
 * @throws ReconError `not-found` without a build, what {@link copyImage} throws
 */
export async function makeDisk({ paths, recipe, log }: CopyTarget): Promise<void> {
  const { isoPath, manifest } = await finishedBuild(paths, recipe.name);
  const target = installIsoPath(isoPath);
  try {
    await copyImage({ source: isoPath, target, manifest, workDirectory: paths.work, medium: 'stick', entry: 'install', say: log.info });
    log.info(`${target}: write it to a stick, boot the machine from that, and say which disk`);
  } finally {
    await removePath(paths.work);
  }
}

/** Where the ISO lies whose menu installs, by where the other one lies. */
export function installIsoPath(isoPath: string): string {
  return isoPath.replace(/(\.iso)?$/, '.install.iso');
}
