import { createHash } from 'node:crypto';
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exists } from '../../../platform/files/files.ts';

/** sha256 over folders: names, contents, where links lead, and what may be executed. A folder that is missing counts as one. */
export async function hashFolders(folders: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of folders) {
    hash.update(`folder\0`);
    if (!(await exists(folder))) continue;
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const found = entries.map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }));
    for (const { entry, path } of found.sort((a, b) => (a.path < b.path ? -1 : 1))) {
      const name = path.slice(folder.length);
      if (entry.isSymbolicLink()) hash.update(`${name}\0link\0${await readlink(path)}\0`);
      if (!entry.isFile()) continue;
      const content = await readFile(path);
      hash.update(`${name}\0${(await stat(path)).mode & 0o111}\0${content.length}\0`);
      hash.update(content);
    }
  }
  return hash.digest('hex');
}
