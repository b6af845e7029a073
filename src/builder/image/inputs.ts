import { createHash } from 'node:crypto';
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * sha256 over a tree: names, kinds, link targets, contents, and whether a file may be executed, in one order.
 * `without` leaves out files by their path in the tree.
 */
export async function hashTree(directory: string, without: readonly string[] = []): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => ({ entry, path: join(entry.parentPath, entry.name).slice(directory.length + 1) }));
  for (const { entry, path } of paths.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    if (without.includes(path)) continue;
    const full = join(directory, path);
    // the length stands before the bytes: content can then not be taken for another entry
    if (entry.isSymbolicLink()) hash.update(`${path}\0link\0${await readlink(full)}\0`);
    else if (entry.isFile()) {
      const content = await readFile(full);
      hash.update(`${path}\0${((await stat(full)).mode & 0o100) === 0 ? 'file' : 'program'}\0${content.length}\0`);
      hash.update(content);
    } else hash.update(`${path}\0directory\0`);
  }
  return hash.digest('hex');
}
