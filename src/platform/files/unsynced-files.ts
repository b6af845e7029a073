import { createWriteStream } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Writes a file from pieces of text; one that is there is replaced, and without a piece the file is empty. For a directory that goes with its
 * run: nobody else may see the file half written, and nothing is synced. @throws the system's error (ENOSPC …)
 */
export async function writeUnsynced(path: string, pieces: AsyncIterable<string>): Promise<void> {
  await pipeline(Readable.from(pieces), createWriteStream(path));
}

/** Puts bytes behind those of a file, or into a new one; see {@link writeUnsynced}. @throws the system's error (ENOSPC …) */
export async function appendUnsynced(path: string, bytes: Uint8Array): Promise<void> {
  await appendFile(path, bytes);
}
