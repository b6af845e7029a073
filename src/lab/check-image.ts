import { ReconError } from '../domain/errors.ts';
import { ImageManifest } from '../domain/image.ts';
import { readOrUndefined } from '../platform/files/files.ts';
import { hashImage } from '../platform/machine/disk-image-file.ts';

/** The files of the image that is rehearsed with. */
export interface LabImage {
  isoPath: string;
  kernelPath: string;
  initrdPath: string;
  rootImagePath: string;
  manifestPath: string;
}

/**
 * The ISO must be the one that the manifest describes; else nothing that follows means anything.
 * @throws ReconError `not-an-image` without a manifest, `hash-mismatch`
 */
export async function checkImage({ isoPath, manifestPath }: Pick<LabImage, 'isoPath' | 'manifestPath'>): Promise<ImageManifest> {
  const text = await readOrUndefined(manifestPath);
  if (text === undefined) {
    throw new ReconError('not-an-image', `there is no ${manifestPath}`, {
      hint: 'build the image first: make-recipe-target <recipe> target',
    });
  }
  const manifest = ImageManifest.parse(JSON.parse(text.toString('utf8')));
  const { iso } = manifest.files;
  if (iso !== undefined && iso.sha256 !== (await hashImage(isoPath))) {
    throw new ReconError('hash-mismatch', `${isoPath} is not the image of ${manifestPath}`, { hint: 'build the image again' });
  }
  return manifest;
}
