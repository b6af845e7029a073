import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from './files.ts';

/**
 * Makes a directory and those above it; one that is there is fine, and so is one that somebody else makes meanwhile. One by one: below /proc Node's own way
 * to make several goes round in circles for good, and of a read-only file system (EROFS) it says that something does not exist.
 * @throws the system's error with its true code
 */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await makeOne(path);
  } catch (error) {
    const above = dirname(path);
    if (errorCode(error) !== 'ENOENT' || above === path) throw error;
    await makeDirectory(above);
    // where nothing can be made, the kernel says of what stands there, too, that it does not exist: once more, and no further
    await makeOne(path);
  }
}

/**
 * Makes a directory, and those above it where they are missing; false when something has its name already.
 * @throws the system's error
 */
export async function makeNewDirectory(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  await makeDirectory(dirname(path));
  // where nothing can be made, the kernel says of what stands there, too, that it does not exist: once more, and no further
  await mkdir(path);
  return true;
}

async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST' || !(await isDirectory(path))) throw error;
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Removes a file, or a directory with all in it; nothing there is fine. */
export async function removePath(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}

/** Names in a directory, sorted. */
export async function namesIn(path: string): Promise<string[]> {
  return (await readdir(path)).sort();
}
