import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Paths of a tree, without a leading slash, that are links to /dev/null: masked units and udev rules. */
export async function linksToNull(directory: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink() && (await readlink(path)) === '/dev/null') found.push(path.slice(directory.length + 1));
  }
  return found.sort();
}
