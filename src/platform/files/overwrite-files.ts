import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './files.ts';

const ZEROS = Buffer.alloc(1024 * 1024);

/**
 * Writes zeros over the content of a file, or of all files below a directory, where they lie; they keep their length. Not synced. Gives the
 * number of files; nothing there is none. What a stick keeps elsewhere (wear levelling, copies that were removed before) it cannot reach.
 */
export async function overwriteFiles(path: string): Promise<number> {
  let names: string[];
  try {
    names = await readdir(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 0;
    if (errorCode(error) !== 'ENOTDIR') throw error;
    await overwriteFile(path);
    return 1;
  }
  let count = 0;
  for (const name of names) count += await overwriteFiles(join(path, name));
  return count;
}

async function overwriteFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    for (let at = 0; at < size; ) {
      const { bytesWritten } = await file.write(ZEROS, 0, Math.min(ZEROS.length, size - at), at);
      at += bytesWritten;
    }
  } finally {
    await file.close();
  }
}
