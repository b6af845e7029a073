import { type PoolImageManifest, poolImageText } from '../../../domain/pool/image-manifest.ts';
import { checkStoredImage } from '../../image/check/check-stored-image.ts';
import { storedImages } from '../../image/store/stored-images.ts';
import type { HeadFault } from './head-fault.ts';

/** What is wrong with any image, as `recon image check` finds it, and when each was built. */
export async function imageFaults(directory: string): Promise<{ faults: HeadFault[]; manifests: PoolImageManifest[] }> {
  const { images, broken } = await storedImages(directory);
  const faults: HeadFault[] = broken.map((one) => ({
    code: 'image',
    message: `${poolImageText(one)} cannot be used: ${one.why}.`,
    hint: `recon image rm ${poolImageText(one)}`,
    weight: 'warns',
  }));
  for (const image of images) {
    for (const { message, hint } of await checkStoredImage(image)) {
      faults.push({ code: 'image', message: `${poolImageText(image)}: ${message}.`, hint, weight: 'warns' });
    }
  }
  return { faults, manifests: images.map(({ manifest }) => manifest) };
}
