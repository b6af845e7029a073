import { createHash } from 'node:crypto';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * sha256 over a tree: names, kinds, link targets and contents, in one order.
 * `without` leaves out files by their path in the tree.
 */
export async function hashTree(directory: string, without: readonly string[] = []): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => ({ entry, path: join(entry.parentPath, entry.name).slice(directory.length + 1) }));
  for (const { entry, path } of paths.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    if (without.includes(path)) continue;
    hash.update(`${path}\0`);
    if (entry.isSymbolicLink()) hash.update(`link ${await readlink(join(directory, path))}`);
    else if (entry.isFile()) hash.update(await readFile(join(directory, path)));
    hash.update('\0');
  }
  return hash.digest('hex');
}
