import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isCapturePath } from '../../domain/capture.ts';
import { ReconError } from '../../domain/errors.ts';
import { makeDirectory } from './directories.ts';
import { errorCode } from './files.ts';

/** Writes files of one capture. */
export interface CaptureWriter {
  /** a path inside the capture; the caller has checked it with `isCapturePath` */
  write(path: string, content: string | Uint8Array): Promise<void>;
}

/**
 * Makes an empty capture directory.
 * @throws ReconError `not-writable` when it cannot be made or something is in it already
 */
export async function createCaptureDirectory(directory: string): Promise<CaptureWriter> {
  const inside = await makeDirectory(directory)
    .then(() => readdir(directory))
    .catch((cause: unknown) => {
      throw new ReconError('not-writable', `cannot make the capture directory ${directory}: ${errorCode(cause)}`, { cause });
    });
  if (inside.length > 0) {
    throw new ReconError('not-writable', `${directory} is not empty`, { hint: 'name a directory that is empty or does not exist' });
  }
  const made = new Set<string>();
  return {
    write: async (path, content) => {
      if (!isCapturePath(path)) throw new TypeError(`not a path of a capture: ${path}`);
      const parent = dirname(join(directory, path));
      if (!made.has(parent)) await makeDirectory(parent);
      made.add(parent);
      await writeFile(join(directory, path), content);
    },
  };
}

/**
 * Paths of the files of a capture directory, relative to it, in byte order. Links and names that no capture has are left out.
 * @throws ReconError `capture-unreadable` when there is no such directory
 */
export async function listCaptureFiles(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(directory, '/').length));
    return paths.filter(isCapturePath).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  } catch (cause) {
    throw new ReconError('capture-unreadable', `cannot read the capture directory ${directory}: ${errorCode(cause)}`, { cause });
  }
}

/** One file of a capture directory. */
export async function readCaptureFile(directory: string, path: string): Promise<Buffer> {
  return readFile(join(directory, path));
}
