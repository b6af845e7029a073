import { randomBytes } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ReconError } from '../../../domain/errors.ts';
import {
  POOL_IMAGE_FILES,
  type PoolImageDraft,
  type PoolImageFile,
  PoolImageManifest,
  poolImageText,
} from '../../../domain/pool/image-manifest.ts';
import { messageOf } from '../../../domain/values/message-of.ts';
import { setMode } from '../../../platform/files/build-files.ts';
import { makeDirectory, namesIn, removePath } from '../../../platform/files/directories.ts';
import { errorCode, syncPath, writeAtomic } from '../../../platform/files/files.ts';
import { type HashedFile, hashFile } from '../../../platform/files/hashed-files.ts';
import { mediumFaultOf } from '../../../platform/files/medium-fault.ts';
import { movePath } from '../../../platform/files/move-path.ts';
import { type StoredImage, versionNumbers } from './stored-images.ts';

export interface PlaceOptions {
  directory: string;
  name: string;
  /** puts the files into an empty directory on the same file system, and says what they are */
  fill: (partial: string) => Promise<PoolImageDraft>;
  /** no version is made that has the same files as this one */
  isSameAs?: StoredImage | undefined;
}

/** Directories whose name begins so are being filled, or were left by a power cut. */
export const UNFINISHED = '.unfinished-';

/**
 * A new version. It becomes visible by one rename, when all of it is on the disk; what fails leaves nothing.
 * @throws ReconError `disk-full`, `not-writable`, `image-faulty`, and what `fill` throws
 */
export async function placeImage({ directory, name, fill, isSameAs }: PlaceOptions): Promise<StoredImage> {
  const partial = join(directory, name, `${UNFINISHED}${randomBytes(4).toString('hex')}`);
  try {
    await makeDirectory(partial);
    const draft = await fill(partial);
    const files = await hashedFiles(partial);
    if (isSameAs !== undefined && isDeepStrictEqual(isSameAs.manifest.files, files)) {
      throw new ReconError('nothing-to-do', `nothing has changed: it would be ${poolImageText(isSameAs)} again, byte for byte`, {
        hint: 'newer packages are fetched with --step root',
      });
    }
    return await nameVersion({ directory, name, partial, draft, files });
  } catch (error) {
    await removePath(partial);
    throw sentence(error, directory);
  }
}

/** Sizes and hashes of all files, which nobody may write any more. @throws ReconError `image-faulty` for one that no image has */
async function hashedFiles(partial: string): Promise<PoolImageManifest['files']> {
  const files: Partial<Record<PoolImageFile, HashedFile>> = {};
  for (const file of await namesIn(partial)) {
    const path = join(partial, file);
    const known = POOL_IMAGE_FILES.find((one) => one === file);
    if (known === undefined || !(await lstat(path)).isFile()) {
      throw new ReconError('image-faulty', `${file} is no file of an image`, { hint: `an image has ${POOL_IMAGE_FILES.join(', ')}` });
    }
    files[known] = await hashFile(path);
    await setMode(path, 0o444);
    await syncPath(path);
  }
  for (const needed of ['kernel', 'ramdisk'] as const) {
    if (files[needed] === undefined)
      throw new ReconError('image-faulty', `there is no ${needed}`, { hint: 'no machine can boot without it' });
  }
  return files;
}

type Placing = Pick<PlaceOptions, 'directory' | 'name'> & { partial: string; draft: PoolImageDraft; files: PoolImageManifest['files'] };

async function nameVersion({ directory, name, partial, draft, files }: Placing): Promise<StoredImage> {
  const manifestPath = join(partial, 'manifest.json');
  for (let version = ((await versionNumbers(directory, name)).at(-1) ?? 0) + 1; ; version += 1) {
    const manifest = PoolImageManifest.parse({ manifestVersion: 1, name, version, ...draft, files });
    await writeAtomic(manifestPath, `${JSON.stringify(manifest, undefined, 2)}\n`, 0o444);
    await syncPath(manifestPath);
    await syncPath(partial);
    const path = join(directory, name, String(version));
    try {
      await movePath(partial, path);
    } catch (error) {
      // somebody else had the same number in mind and was faster
      if (['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) continue;
      throw error;
    }
    await syncPath(join(directory, name));
    return { name, version, path, manifest };
  }
}

function sentence(error: unknown, directory: string): unknown {
  if (error instanceof ReconError) return error;
  if (mediumFaultOf(error) === 'full') {
    return new ReconError('disk-full', `${directory} is full; the new version was taken away again, nothing else has changed`, {
      hint: 'take old versions away, for example: recon image keep NAME --last 3',
      cause: error,
    });
  }
  if (errorCode(error) === undefined) return error;
  return new ReconError('not-writable', `${directory} cannot be written: ${messageOf(error)}`, {
    hint: 'run it as root, or name another directory with --images',
    cause: error,
  });
}
