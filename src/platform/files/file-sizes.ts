import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { namesIn } from './directories.ts';

/** Sizes in bytes of the regular files of a folder, by name; links are followed, and what goes meanwhile is left out. */
export async function fileSizes(directory: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const name of await namesIn(directory)) {
    const found = await stat(join(directory, name)).catch(() => undefined);
    if (found?.isFile() === true) sizes.set(name, found.size);
  }
  return sizes;
}
