import type { ImageManifest } from '../../../domain/image.ts';

/** Files of the image that the machine starts from. */
export interface MatrixImage {
  isoPath: string;
  kernelPath: string;
  initrdPath: string;
  rootImagePath: string;
  manifest: ImageManifest;
}
