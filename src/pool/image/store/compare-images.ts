import { join } from 'node:path';
import { POOL_IMAGE_FILES, type PoolImageFile, poolImageText } from '../../../domain/pool/image-manifest.ts';
import { readOrUndefined } from '../../../platform/files/files.ts';
import { parsePackages } from './package-list.ts';
import type { StoredImage } from './stored-images.ts';

export interface ImageDifference {
  from: string;
  to: string;
  kernelRelease?: { from: string; to: string };
  files: { file: PoolImageFile; fromBytes: number | undefined; toBytes: number | undefined; isSame: boolean }[];
  packages: { added: string[]; removed: string[]; changed: { name: string; from: string; to: string }[] };
}

/** What is other in one image than in another. An image without a list of packages has none to compare. */
export async function compareImages(from: StoredImage, to: StoredImage): Promise<ImageDifference> {
  const files = POOL_IMAGE_FILES.flatMap((file) => {
    const [before, after] = [from.manifest.files[file], to.manifest.files[file]];
    if (before === undefined && after === undefined) return [];
    return [{ file, fromBytes: before?.sizeBytes, toBytes: after?.sizeBytes, isSame: before?.sha256 === after?.sha256 }];
  });
  const [before, after] = [from.manifest.kernelRelease, to.manifest.kernelRelease];
  return {
    from: poolImageText(from),
    to: poolImageText(to),
    ...(before === after ? {} : { kernelRelease: { from: before, to: after } }),
    files,
    packages: comparePackages(await packagesOf(from), await packagesOf(to)),
  };
}

async function packagesOf({ path }: StoredImage): Promise<ReadonlyMap<string, string>> {
  const text = (await readOrUndefined(join(path, 'packages')))?.toString('utf8') ?? '';
  return new Map(parsePackages(text).map(({ name, version, architecture }) => [`${name}:${architecture}`, version]));
}

function comparePackages(from: ReadonlyMap<string, string>, to: ReadonlyMap<string, string>): ImageDifference['packages'] {
  return {
    added: [...to].filter(([name]) => !from.has(name)).map(([name, version]) => `${name} ${version}`),
    removed: [...from].filter(([name]) => !to.has(name)).map(([name, version]) => `${name} ${version}`),
    changed: [...from].flatMap(([name, version]) => {
      const now = to.get(name);
      return now === undefined || now === version ? [] : [{ name, from: version, to: now }];
    }),
  };
}
