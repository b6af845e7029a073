import { readdir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { removePath } from '../../platform/files/directories.ts';
import { readImageHead } from '../../platform/machine/disk-image-file.ts';
import { type Argv, runOk } from '../../platform/process/command.ts';
import { parseReadelf, unneededLibraries } from './needed-libraries.ts';

/** Where libraries lie that the loader finds by name alone. */
const LIBRARY_FOLDERS = /^(usr\/)?(lib|lib64|lib\/[^/]+-linux-gnu)$/;
/** Where programs and plugins are; what lies elsewhere is data. */
const LINKED = /^(usr\/)?(bin|sbin|lib|lib64|libexec)\//;
const NOT_LINKED = /^(usr\/)?lib\/(modules|firmware)\//;
const MAGIC = Buffer.from('\x7fELF', 'latin1');
/** Argument lists have an end. */
const AT_ONCE = 500;

/** Takes libraries out of a tree that nothing in it needs any more. `prefix` runs readelf(1) where it is. Gives their names. */
export async function trimLibraries(tree: string, prefix: readonly string[]): Promise<string[]> {
  const linked: string[] = [];
  const libraries = new Map<string, string[]>();
  for (const entry of await readdir(tree, { recursive: true, withFileTypes: true })) {
    const folder = entry.parentPath.slice(tree.length + 1);
    const path = join(folder, entry.name);
    if (!LINKED.test(path) || NOT_LINKED.test(path)) continue;
    const isLibrary = LIBRARY_FOLDERS.test(folder) && /\.so(\.|$)/.test(entry.name);
    if (entry.isSymbolicLink() && isLibrary) {
      const target = await realpath(join(tree, path)).catch(() => '');
      if (target.startsWith(`${tree}/`)) addName(libraries, target.slice(tree.length + 1), entry.name);
    } else if (entry.isFile() && (await readImageHead(join(tree, path), MAGIC.length)).equals(MAGIC)) {
      linked.push(path);
      if (isLibrary) addName(libraries, path, entry.name);
    }
  }
  const unneeded = unneededLibraries(parseReadelf(await dynamicParts(tree, linked, prefix)), libraries);
  for (const path of unneeded) await removeWithLinks(tree, path, libraries.get(path) ?? []);
  return unneeded.map((path) => basename(path));
}

function addName(libraries: Map<string, string[]>, path: string, name: string): void {
  libraries.set(path, [...(libraries.get(path) ?? []), name]);
}

async function dynamicParts(tree: string, paths: readonly string[], prefix: readonly string[]): Promise<string> {
  const texts: string[] = [];
  for (let at = 0; at < paths.length; at += AT_ONCE) {
    const files = paths.slice(at, at + AT_ONCE).map((path) => join(tree, path));
    // a single file is not named: twice the first one
    const argv = [...prefix, 'readelf', '--dynamic', '--wide', files[0] ?? '', ...files] as unknown as Argv;
    texts.push(await runOk(argv, { timeoutMs: 5 * 60_000 }));
  }
  return texts.join('\n').replaceAll(`File: ${tree}/`, 'File: ');
}

async function removeWithLinks(tree: string, path: string, names: readonly string[]): Promise<void> {
  const folder = join(tree, path, '..');
  for (const name of names) await removePath(join(folder, name));
  await removePath(join(tree, path));
}
