import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode, exists } from './files.ts';

/** Makes a directory and those above it; one that is there is fine. @throws the system's error with its true code */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    // that is what Node makes of a read-only file system (EROFS) too; one directory made alone tells the truth
    if (errorCode(error) !== 'ENOENT') throw error;
    let missing = path;
    while (!(await exists(dirname(missing)))) missing = dirname(missing);
    await mkdir(missing);
    await mkdir(path, { recursive: true });
  }
}

/** Removes a file, or a directory with all in it; nothing there is fine. */
export async function removePath(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}

/** Names in a directory, sorted. */
export async function namesIn(path: string): Promise<string[]> {
  return (await readdir(path)).sort();
}
