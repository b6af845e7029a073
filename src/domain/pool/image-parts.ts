import { POOL_IMAGE_FILES, type PoolImageFile, type PoolImageManifest } from './image-manifest.ts';

/**
 * What a version still lacks before a machine can boot it, in words; undefined: nothing. Somebody may be copying its folder at this moment, and the manifest
 * arrives before the large files do. Lists may be left out, and one of two roots. Pure.
 * @param sizes of the files that are there, in bytes
 */
export function missingPart({ files }: Pick<PoolImageManifest, 'files'>, sizes: ReadonlyMap<string, number>): string | undefined {
  const named = POOL_IMAGE_FILES.filter((file) => files[file] !== undefined);
  for (const file of named) {
    const [is, should] = [sizes.get(file), files[file]?.sizeBytes];
    if (is !== undefined && is !== should) return `${file} has ${is} of ${should} bytes: it is being copied, or the copy broke off`;
  }
  const isAbsent = (file: PoolImageFile): boolean => !sizes.has(file);
  const roots = named.filter((file) => file.startsWith('root.'));
  const needed = [...named.filter((file) => file === 'kernel' || file === 'ramdisk'), ...(roots.every(isAbsent) ? roots.slice(0, 1) : [])];
  const absent = needed.find(isAbsent);
  return absent === undefined ? undefined : `${absent} is not there: it is being copied, or the copy broke off`;
}
