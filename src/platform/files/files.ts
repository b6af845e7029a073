import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdtemp, open, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { textPieces } from '../../domain/values/text-pieces.ts';

/** The file's bytes, or undefined when there is none (or it may not be read, as some files in /sys and those of a process that has ended). */
export async function readOrUndefined(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = errorCode(error);
    if (
      code !== undefined &&
      ['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'EPERM', 'EIO', 'EINVAL', 'ENODEV', 'ENXIO', 'EOPNOTSUPP', 'ESRCH'].includes(code)
    )
      return undefined;
    throw error;
  }
}

/**
 * Replaces a file in one step: readers see the old or the new content, never a half. Not a promise of durability. What fails leaves nothing.
 * @param content a text is written in pieces, and pieces one by one: nobody waits until megabytes are encoded
 */
export async function writeAtomic(path: string, content: string | Uint8Array | Iterable<string>, mode = 0o644): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}`);
  const file = await open(temporary, 'wx', mode);
  try {
    try {
      await file.writeFile(typeof content === 'string' ? textPieces(content) : content);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    // on a full medium it would take the room of the next one
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

/** fsync of a file or directory. */
export async function syncPath(path: string): Promise<void> {
  const file = await open(path, constants.O_RDONLY);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

export async function exists(path: string): Promise<boolean> {
  try {
    // not access(2): the kernel refuses even that for a device which our unit may not open
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

/** Free bytes of the file system that holds `path`, for us. */
export async function freeBytes(path: string): Promise<number> {
  return (await fileSystemSpace(path)).freeBytes;
}

/** The file system that holds `path`; on FAT a block is a cluster. */
export async function fileSystemSpace(path: string): Promise<{ freeBytes: number; totalBytes: number; clusterBytes: number }> {
  const { bavail, blocks, bsize } = await statfs(path);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize, clusterBytes: bsize };
}

/** A directory that goes away with its owner: `await using dir = await temporaryDirectory('recon-')`. */
export async function temporaryDirectory(prefix: string, parent = tmpdir()): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(parent, prefix));
  return { path, [Symbol.asyncDispose]: async () => rm(path, { recursive: true, force: true }) };
}

/** The `code` of a Node system error (`ENOENT` …), undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
