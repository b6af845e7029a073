import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { makeDirectory } from './directories.ts';

/** A directory for one run. What is in it stays for the person who looks for a fault, until `remove`. */
export interface WorkDirectory {
  path: string;
  subdirectory(name: string): Promise<string>;
  remove(): Promise<void>;
}

/** Makes an empty directory. @throws ReconError `not-writable` when something is in it already */
export async function openWorkDirectory(path: string): Promise<WorkDirectory> {
  await makeDirectory(path);
  if ((await readdir(path)).length > 0) {
    throw new ReconError('not-writable', `${path} is not empty`, { hint: 'name a directory that does not exist yet, or remove this one' });
  }
  return {
    path,
    subdirectory: async (name) => {
      await makeDirectory(join(path, name));
      return join(path, name);
    },
    remove: async () => rm(path, { recursive: true, force: true }),
  };
}

/** Names in a directory, sorted; none when it does not exist. */
export async function listDirectory(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
