import { join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import type { ImageManifest } from '../domain/image.ts';
import type { BuildPaths } from './image/paths.ts';
import { isBuildWhole, readBuildManifest } from './up-to-date.ts';

/** A whole image in `builds/<recipe>/`: its manifest, and where its files are. */
export interface FinishedBuild {
  manifest: ImageManifest;
  manifestPath: string;
  isoPath: string;
  kernelPath: string;
  initrdPath: string;
  rootImagePath: string;
}

/** @throws ReconError `not-found` when nothing was built, or a file is missing or has another size */
export async function finishedBuild({ output }: Pick<BuildPaths, 'output'>, recipeName: string): Promise<FinishedBuild> {
  const manifest = await readBuildManifest(output);
  if (manifest?.files.iso === undefined || !(await isBuildWhole(output, manifest))) {
    throw new ReconError('not-found', `builds/${recipeName}/ holds no finished image`, {
      hint: `./make-recipe-target ${recipeName} target`,
    });
  }
  const { iso, kernel, initrd, rootImage } = manifest.files;
  return {
    manifest,
    manifestPath: join(output, 'manifest.json'),
    isoPath: join(output, iso.name),
    kernelPath: join(output, kernel.name),
    initrdPath: join(output, initrd.name),
    rootImagePath: join(output, rootImage.name),
  };
}
