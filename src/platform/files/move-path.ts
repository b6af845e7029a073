import { rename } from 'node:fs/promises';

/** Renames a file or directory within one file system, in one step. */
export async function movePath(from: string, to: string): Promise<void> {
  await rename(from, to);
}
