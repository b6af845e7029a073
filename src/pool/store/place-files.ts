import { dirname, join } from 'node:path';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { syncPath, writeAtomic } from '../../platform/files/files.ts';
import type { FileChange } from './revision.ts';

/** Writes changed files into a pool's folder, each whole or not at all, and onto the disk. */
export async function placeFiles(folder: string, changes: readonly FileChange[]): Promise<void> {
  for (const { path, after } of changes) {
    const at = join(folder, path);
    if (after === undefined) await removePath(at);
    else {
      await makeDirectory(dirname(at));
      await writeAtomic(at, after);
      await syncPath(at);
    }
    await syncPath(dirname(at));
  }
}
