import { symlink } from 'node:fs/promises';
import { removePath } from './directories.ts';

/** Makes `path` a symbolic link, in the place of a link or file that was there. */
export async function linkPath(target: string, path: string): Promise<void> {
  await removePath(path);
  await symlink(target, path);
}
