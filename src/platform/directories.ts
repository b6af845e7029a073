import { mkdir, readdir, rm } from 'node:fs/promises';

/** Makes a directory and those above it; one that is there is fine. */
export async function makeDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
}

/** Removes a file, or a directory with all in it; nothing there is fine. */
export async function removePath(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true });
}

/** Names in a directory, sorted. */
export async function namesIn(path: string): Promise<string[]> {
  return (await readdir(path)).sort();
}
