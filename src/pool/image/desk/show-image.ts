import { join } from 'node:path';
import { type PoolImageManifest, poolImageText } from '../../../domain/pool/image-manifest.ts';
import { readOrUndefined } from '../../../platform/files/files.ts';
import { parsePackages } from '../store/package-list.ts';
import { findImage, storedImages } from '../store/stored-images.ts';
import { megabytes } from './image-words.ts';
import { usersInFolder } from './list-images.ts';

/** What `recon image show` tells. */
export interface ShownImage {
  manifest: PoolImageManifest;
  path: string;
  isNewest: boolean;
  packageCount: number;
  users: readonly string[];
}

/** @throws ReconError `usage`, `not-found`, `image-faulty`, `pool-broken` */
export async function shownImage(directory: string, choice: string, poolFolder: string): Promise<ShownImage> {
  const { name, version, path, manifest } = await findImage(directory, choice);
  const { images } = await storedImages(directory);
  const isNewest = images.findLast((image) => image.name === name)?.version === version;
  const packages = (await readOrUndefined(join(path, 'packages')))?.toString('utf8') ?? '';
  const usersOf = await usersInFolder(poolFolder);
  return { manifest, path, isNewest, packageCount: parsePackages(packages).length, users: usersOf({ name, version, isNewest }) };
}

export function shownImageText({ manifest, path, isNewest, packageCount, users }: ShownImage): string {
  const { kind, description, architecture, builtAt, kernelRelease, minimumMemoryMiB, recipe, stepSeconds = {}, files } = manifest;
  const steps = Object.entries(stepSeconds).map(([step, seconds]) => `${step} ${seconds === 0 ? 'reused' : `${seconds} s`}`);
  const rows: [string, string][] = [
    ['image', `${poolImageText(manifest)}${isNewest ? ' (the newest)' : ''}${description === undefined ? '' : `: ${description}`}`],
    ['kind', `${kind}, ${architecture}`],
    ['kernel', kernelRelease],
    ['made', `${builtAt}${recipe === undefined ? ', imported' : `, from the recipe ${recipe}`}`],
    ...(steps.length === 0 ? [] : [['steps', steps.join(', ')] satisfies [string, string]]),
    ...(minimumMemoryMiB === undefined ? [] : [['needs', `${minimumMemoryMiB} MiB of RAM`] satisfies [string, string]]),
    ['packages', String(packageCount)],
    ['booted by', users.length === 0 ? 'nobody' : users.join(', ')],
    ['directory', path],
  ];
  const fileRows = Object.entries(files).map(([file, { sizeBytes, sha256 }]): [string, string] => [
    file,
    `${megabytes(sizeBytes).padStart(9)}  sha256 ${sha256}`,
  ]);
  return [...rows, ...fileRows].map(([name, text]) => `${name.padEnd(13)}${text}\n`).join('');
}
