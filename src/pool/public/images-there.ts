import { definedOnly } from '../../domain/values/defined-only.ts';
import type { ImagesThere } from '../api/parts/deps.ts';
import { imageUsers } from '../image/store/image-users.ts';
import { removeImage } from '../image/store/remove-image.ts';
import { storedImages } from '../image/store/stored-images.ts';

/** The complete versions in a directory of images. They are looked for each time: what was built a moment ago may be assigned. */
export function imagesThere(directory: string): ImagesThere {
  return {
    list: async () => {
      const { images } = await storedImages(directory);
      return images.map(({ name, version, manifest: { kind, builtAt, kernelRelease, minimumMemoryMiB, files } }) => ({
        ...{ name, version, kind, builtAt, kernelRelease },
        ...definedOnly({ minimumMemoryMiB }),
        sizeBytes: Object.values(files).reduce((sum, file) => sum + (file?.sizeBytes ?? 0), 0),
      }));
    },
    remove: (image, pool, running) =>
      removeImage(directory, image, (version) => [...imageUsers(pool, version), ...running.map((name) => `node ${name}, which runs it`)]),
  };
}
