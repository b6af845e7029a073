import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A regular file of a root tree. */
export interface TreeEntry {
  /** from the root, without a slash before it */
  path: string;
  mode: number;
  sizeBytes: number;
}

/** What the kernel shows there is not of the image. */
const NOT_OF_THE_IMAGE = new Set(['proc', 'sys', 'dev']);

/** All regular files below a root. Links are not followed. */
export async function treeEntries(root: string): Promise<TreeEntry[]> {
  const entries: TreeEntry[] = [];
  const visit = async (directory: string): Promise<void> => {
    for (const entry of await readdir(join(root, directory), { withFileTypes: true })) {
      const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
      if (entry.isDirectory() && !NOT_OF_THE_IMAGE.has(path)) await visit(path);
      if (!entry.isFile()) continue;
      const { mode, size } = await lstat(join(root, path));
      entries.push({ path, mode, sizeBytes: size });
    }
  };
  await visit('');
  return entries;
}
