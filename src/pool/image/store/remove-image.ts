import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ReconError } from '../../../domain/errors.ts';
import { poolImageText } from '../../../domain/pool/image-manifest.ts';
import { messageOf } from '../../../domain/values/message-of.ts';
import { removePath } from '../../../platform/files/directories.ts';
import { movePath } from '../../../platform/files/move-path.ts';
import { listDirectory } from '../../../platform/files/work-directory.ts';
import type { VersionInPool } from './image-users.ts';
import { UNFINISHED } from './place-image.ts';
import { storedImages } from './stored-images.ts';

/** Who needs a version, in words; none: it may go. */
export type UsersOf = (image: VersionInPool) => readonly string[];

/**
 * Takes one version away, or what is left of a broken one.
 * @throws ReconError `image-used` with who needs it, `not-found`, `usage` without a number
 */
export async function removeImage(
  directory: string,
  { name, version }: { name: string; version: number },
  usersOf: UsersOf,
): Promise<void> {
  const { images, broken } = await storedImages(directory);
  const ofName = images.filter((image) => image.name === name);
  const found = [...ofName, ...broken].find((image) => image.name === name && image.version === version);
  const text = poolImageText({ name, version });
  if (found === undefined) throw new ReconError('not-found', `there is no image ${text} in ${directory}`, { hint: 'recon image list' });
  const users = usersOf({ name, version, isNewest: ofName.at(-1)?.version === version });
  if (users.length > 0) {
    throw new ReconError('image-used', `${text} stays: it is booted by ${users.join(', ')}`, {
      hint: `assign another version first, for example: recon assign NODE PROFILE@newest`,
    });
  }
  await takeAway(found.path, join(directory, name));
}

export interface KeptImages {
  removed: number[];
  /** older than those to keep, and still needed */
  needed: { version: number; users: readonly string[] }[];
  /** could not be taken away */
  failed: { version: number; reason: string }[];
}

/** Keeps the newest `last` versions of an image, and older ones that something needs. What was never finished goes too. @throws ReconError `not-found` */
export async function keepImages(
  directory: string,
  { name, last }: { name: string; last: number },
  usersOf: UsersOf,
  remove = takeAway,
): Promise<KeptImages> {
  const { images, broken } = await storedImages(directory);
  const ofName = images.filter((image) => image.name === name);
  if (ofName.length === 0 && !broken.some((image) => image.name === name)) {
    throw new ReconError('not-found', `there is no image ${name} in ${directory}`, { hint: 'recon image list' });
  }
  const kept: KeptImages = { removed: [], needed: [], failed: [] };
  for (const { version, path } of ofName.slice(0, -last)) {
    const users = usersOf({ name, version, isNewest: false });
    if (users.length > 0) kept.needed.push({ version, users });
    else
      await remove(path, join(directory, name)).then(
        () => kept.removed.push(version),
        (error: unknown) => kept.failed.push({ version, reason: messageOf(error) }),
      );
  }
  return kept;
}

/** Out of sight in one step: nobody is served the half of it. */
async function takeAway(path: string, beside: string): Promise<void> {
  const hidden = join(beside, `${UNFINISHED}${randomBytes(4).toString('hex')}`);
  await movePath(path, hidden);
  await removePath(hidden);
}

/** Directories that an interrupted import or build has left behind; they are never served. */
export async function unfinishedImages(directory: string, name: string): Promise<string[]> {
  const names = await listDirectory(join(directory, name)).catch(() => []);
  return names.filter((one) => one.startsWith(UNFINISHED)).map((one) => join(directory, name, one));
}
