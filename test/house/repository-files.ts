import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** Paths of all regular files that belong to the repository, from its root. */
export async function repositoryFiles(): Promise<string[]> {
  const found: string[] = [];
  for (const top of await readdir(ROOT, { withFileTypes: true })) {
    if (['.git', 'node_modules', 'builds'].includes(top.name)) continue;
    if (top.isFile()) found.push(top.name);
    if (!top.isDirectory()) continue;
    const entries = await readdir(join(ROOT, top.name), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name).slice(ROOT.length + 1));
    // what the measurements compare with has its own packages
    found.push(...files.filter((file) => !file.includes('/node_modules/')));
  }
  return found.sort();
}

/** The text of one of them. */
export async function sourceText(file: string): Promise<string> {
  return readFile(join(ROOT, file), 'utf8');
}
