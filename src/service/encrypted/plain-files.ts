import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A whole file in RAM that belongs on the stick as ciphertext. */
export interface PlainFile {
  /** below the root */
  path: string;
  sizeBytes: number;
  /** another one for each content: files are made anew and moved to their places, never changed, except for ledgers, which grow */
  version: string;
}

/** What arrives is nobody's yet, and is no file of the stick before its record is whole. */
export const INCOMING = 'incoming';
const RECORDS = 'records';

/**
 * Whole files below `root`, links left out, the records before the receipts that speak of them. Revisions of which `isSettled` says that all
 * of them is known are passed over: a visit of 1000 machines has 3000 files, and is looked at before each receipt.
 */
export async function plainFiles(root: string, isSettled: (directory: string, version: string) => boolean): Promise<PlainFile[]> {
  const files: PlainFile[] = [];
  const look = async (path: string): Promise<void> => {
    const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const below = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.name.startsWith('.') || below === INCOMING) continue;
      if (entry.isDirectory()) {
        const version = isRevision(below) ? await versionOf(join(root, below)) : undefined;
        if (version === undefined || !isSettled(below, version)) await look(below);
      } else if (entry.isFile()) {
        const found = await lstat(join(root, below)).catch(() => undefined);
        // it may be gone again
        if (found !== undefined) files.push({ path: below, sizeBytes: found.size, version: `${found.ino} ${found.size} ${found.mtimeMs}` });
      }
    }
  };
  await look('');
  return files;
}

/** `records/52-54-00-00-00-01/0001` */
function isRevision(path: string): boolean {
  return path.startsWith(`${RECORDS}/`) && path.split('/').length === 3;
}

/** Of a directory: another one when it was made anew, or a file came or went. */
export async function versionOf(directory: string): Promise<string | undefined> {
  const found = await lstat(directory).catch(() => undefined);
  return found === undefined ? undefined : `${found.ino} ${found.mtimeMs}`;
}
