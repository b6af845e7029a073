import { cp, mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

/** What the literal command needs of a checkout, where it builds without touching this one: a stand-in must not be in a builds/ that somebody uses. */
export async function copyForBuild(path: string): Promise<string> {
  await rm(path, { recursive: true, force: true });
  await mkdir(path, { recursive: true });
  const names = ['.ci', 'src', 'recipes', 'overlay', 'docs', 'make-recipe-target', 'recon', 'package.json', 'package-lock.json'];
  for (const name of names) await cp(join(ROOT, name), join(path, name), { recursive: true, verbatimSymlinks: true });
  await symlink(join(ROOT, 'node_modules'), join(path, 'node_modules'));
  return path;
}
