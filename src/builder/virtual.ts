import { basename } from 'node:path';
import type { Recipe } from '../domain/recipe.ts';
import { USUAL_ARCHITECTURE } from '../domain/values/architecture.ts';
import { removePath } from '../platform/files/directories.ts';
import type { Log } from '../platform/log.ts';
import { fileSize } from '../platform/machine/disk-image-file.ts';
import { copyImage } from './disk/copy-image.ts';
import { writeAppliance } from './disk/write-appliance.ts';
import { finishedBuild } from './finished-build.ts';
import type { BuildPaths } from './image/paths.ts';

interface CopyTarget {
  paths: BuildPaths;
  recipe: Recipe;
  log: Log;
}

/**
 * Disks for virtual machines, in three formats: the function that installs to a disk, run on a file. So they are none of the stick's, and boot
 * from any bus.
 * @throws ReconError `not-found` without a build, what {@link copyImage} throws, `host-unfit` without qemu-img
 */
export async function makeVirtual({ paths, recipe, log }: CopyTarget): Promise<void> {
  const { isoPath, manifest } = await finishedBuild(paths, recipe.name);
  const raw = isoPath.replace(/\.iso$/, '.raw');
  try {
    await copyImage({ source: isoPath, target: raw, manifest, workDirectory: paths.work, medium: 'disk', entry: 'master', say: log.info });
    const withOva = recipe.architecture === USUAL_ARCHITECTURE;
    const files = await writeAppliance({ raw, version: manifest.version, workDirectory: paths.work, withOva });
    for (const path of [raw, ...files]) log.info(`${basename(path)}: ${megabytes(await fileSize(path))} MB`);
    log.info(
      withOva
        ? 'attach one as the disk of a virtual machine (BIOS or UEFI), or import the OVA'
        : `attach one as the disk of a virtual machine of ${recipe.architecture} (UEFI)`,
    );
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

function megabytes(sizeBytes: number): number {
  return Math.round(sizeBytes / 1e6);
}
