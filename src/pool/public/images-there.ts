import { definedOnly } from '../../domain/values/defined-only.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import type { ImagesThere } from '../api/parts/deps.ts';
import { kernelFitFaults } from '../image/check/kernel-fit.ts';
import { imageUsers } from '../image/store/image-users.ts';
import { removeImage } from '../image/store/remove-image.ts';
import { type StoredImage, storedImages } from '../image/store/stored-images.ts';

/** The complete versions in a directory of images. They are looked for each time: what was built a moment ago may be assigned. */
export function imagesThere(directory: string): ImagesThere {
  const looked = new Map<string, Promise<string | undefined>>();
  return {
    list: async () => {
      const { images } = await storedImages(directory);
      return images.map(({ name, version, manifest: { kind, builtAt, kernelRelease, minimumMemoryMiB, files } }) => ({
        ...{ name, version, kind, builtAt, kernelRelease },
        ...definedOnly({ minimumMemoryMiB }),
        sizeBytes: Object.values(files).reduce((sum, file) => sum + (file?.sizeBytes ?? 0), 0),
      }));
    },
    trouble: async ({ name, version }, root) => {
      const image = (await storedImages(directory)).images.find((one) => one.name === name && one.version === version);
      if (image === undefined) return undefined;
      // squashfs is what a profile says that says nothing, and an image without one is unpacked
      if (root === 'tmpfs' && image.manifest.files['root.tar.zst'] === undefined)
        return 'it has no root.tar.zst, which root: tmpfs of the profile asks for; build it with pack: [squashfs, tarball]';
      // a version never changes, so one look is enough; one that was taken away may come again with other files
      const key = `${image.path} ${JSON.stringify(image.manifest.files)}`;
      const found = looked.get(key) ?? misfitOf(image);
      looked.set(key, found);
      return found;
    },
    remove: (image, pool, running) =>
      removeImage(directory, image, (version) => [...imageUsers(pool, version), ...running.map((name) => `node ${name}, which runs it`)]),
  };
}

async function misfitOf({ path, manifest }: StoredImage): Promise<string | undefined> {
  const faults = await kernelFitFaults(path, manifest).catch((error: unknown) => [{ message: messageOf(error) }]);
  return faults[0]?.message;
}
