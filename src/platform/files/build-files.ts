import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, cp, link, readdir, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { errorCode } from './files.ts';

/**
 * Copies the bytes of a file, which are then ours with this mode. Not copyFile: to root it gives the copy to the owner of the original, who could
 * then write what root runs; and without CAP_FOWNER it fails on that.
 */
export async function installFile(from: string, to: string, mode: number): Promise<void> {
  await pipeline(createReadStream(from), createWriteStream(to));
  await chmod(to, mode);
}

/** Copies a tree as it is, symbolic links included. */
export async function copyTree(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
}

/** Sets directories to 0755 and files to 0755 or 0644: a checkout with a loose umask must not loosen the image. */
export async function normaliseModes(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    else if (entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

export async function setMode(path: string, mode: number): Promise<void> {
  await chmod(path, mode);
}

/** One more name for a file, on the same file system: for what nobody writes any more. */
export async function shareFile(from: string, to: string): Promise<void> {
  await link(from, to);
}

/** A symbolic link; what has its name already stays. */
export async function linkUnlessThere(target: string, path: string): Promise<void> {
  await symlink(target, path).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
}
