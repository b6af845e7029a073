import { ReconError } from '../../../domain/errors.ts';
import { type PoolImageManifest, poolImageText } from '../../../domain/pool/image-manifest.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { exists } from '../../../platform/files/files.ts';
import { checkedPool } from '../../desk/check-pool.ts';
import { imageUsers, type RunningNode } from '../store/image-users.ts';
import type { UsersOf } from '../store/remove-image.ts';
import { storedImages } from '../store/stored-images.ts';
import { megabytes } from './image-words.ts';

/** One line of `recon image list`. */
export interface ListedImage {
  name: string;
  version: number;
  kind?: PoolImageManifest['kind'];
  kernelRelease?: string;
  builtAt?: string;
  sizeBytes?: number;
  users: readonly string[];
  /** why it is never served */
  broken?: string;
}

/** Every version in a directory of images, and what in a pool boots it. @throws ReconError `pool-broken` */
export async function imageList(directory: string, poolFolder: string): Promise<ListedImage[]> {
  const { images, broken } = await storedImages(directory);
  const usersOf = await usersInFolder(poolFolder);
  const whole = images.map(({ name, version, manifest: { kind, kernelRelease, builtAt, files } }) => {
    const isNewest = images.findLast((one) => one.name === name)?.version === version;
    const sizeBytes = Object.values(files).reduce((sum, file) => sum + (file?.sizeBytes ?? 0), 0);
    return { name, version, kind, kernelRelease, builtAt, sizeBytes, users: usersOf({ name, version, isNewest }) };
  });
  const faulty = broken.map(({ name, version, why }) => ({
    name,
    version,
    users: usersOf({ name, version, isNewest: false }),
    broken: why,
  }));
  return [...whole, ...faulty].sort((a, b) => (a.name === b.name ? a.version - b.version : a.name < b.name ? -1 : 1));
}

/** Who boots a version, by the folder of a pool, and who runs it; without such a folder nobody does. @throws ReconError `pool-broken`, when nobody can tell */
export async function usersInFolder(poolFolder: string, running: readonly RunningNode[] = []): Promise<UsersOf> {
  if (!(await exists(poolFolder))) return () => [];
  try {
    const pool = await checkedPool(poolFolder);
    return (image) => imageUsers(pool, image, running);
  } catch (cause) {
    if (!(cause instanceof ReconError) || cause.code !== 'pool-broken') throw cause;
    throw new ReconError('pool-broken', `nobody can tell who boots an image: ${cause.message}`, {
      cause,
      ...definedOnly({ hint: cause.hint }),
    });
  }
}

/** A table for people. */
export function imageListText(images: readonly ListedImage[], directory: string): string {
  if (images.length === 0) return `${directory} holds no image yet; build one: recon image build compute-debian-13\n`;
  const rows = images.map((image) => [
    poolImageText(image),
    image.kind ?? 'broken',
    image.sizeBytes === undefined ? '' : megabytes(image.sizeBytes),
    image.kernelRelease ?? '',
    image.builtAt?.slice(0, 10) ?? '',
    image.broken ?? (image.users.length === 0 ? 'nobody boots it' : image.users.join(', ')),
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ')}\n`).join('');
}
