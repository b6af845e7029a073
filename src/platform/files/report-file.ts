import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { makeDirectory } from './directories.ts';
import { replaceWithPieces } from './export-files.ts';
import { errorCode } from './files.ts';

/** What tells our reports from other people's pages; it stands in the first lines. */
export const GENERATOR = '<meta name="generator" content="Recon ';

/**
 * Writes `report.html` into the directory, which is made. An earlier report there is replaced once the new one is complete.
 * @throws ReconError `not-writable` when there is something else of that name, or it cannot be written
 */
export async function writeReport(directory: string, pieces: AsyncIterable<string>): Promise<{ path: string; sizeBytes: number }> {
  const path = join(directory, 'report.html');
  try {
    await makeDirectory(directory);
    if (await isForeign(path))
      throw new ReconError('not-writable', `${path} is there already, and is no report of Recon`, {
        hint: 'name another directory with -o',
      });
  } catch (error) {
    if (error instanceof ReconError) throw error;
    const why = messageOf(error);
    throw new ReconError('not-writable', `cannot write to ${directory}: ${why}`, { hint: 'name another directory with -o', cause: error });
  }
  await replaceWithPieces(path, asPieces(pieces));
  return { path, sizeBytes: (await stat(path)).size };
}

async function isForeign(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return false;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0);
    return !buffer.toString('utf8', 0, bytesRead).includes(GENERATOR);
  } finally {
    await file.close();
  }
}

async function* asPieces(texts: AsyncIterable<string>): AsyncGenerator<{ text: string }> {
  for await (const text of texts) yield { text };
}
