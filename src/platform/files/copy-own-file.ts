import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { ReconError } from '../../domain/errors.ts';
import { type HashedFile, hashOnMedium, writeHashed } from './hashed-files.ts';

const PIECE_BYTES = 1024 * 1024;
/** More at once would wait in memory for a slow medium. */
const SYNC_EVERY_BYTES = 16 * 1024 * 1024;

/**
 * Copies a regular file of somebody else to a new name, and reads the copy from its medium. A link is not followed: whoever has the directory could
 * make it lead anywhere. Nothing is written over. @throws ReconError `verify-failed`, and the system's error
 */
export async function copyOwnFile(from: string, to: string): Promise<HashedFile> {
  const file = await open(from, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!(await file.stat()).isFile()) throw new ReconError('verify-failed', `${from} is no file`);
    const written = await writeHashed(to, pieces(file), SYNC_EVERY_BYTES);
    await syncFile(to);
    const read = await hashOnMedium(to);
    if (read.sha256 !== written.sha256) throw new ReconError('verify-failed', `${to} does not come back as it was written`);
    return read;
  } finally {
    await file.close();
  }
}

async function* pieces(file: Awaited<ReturnType<typeof open>>): AsyncGenerator<Buffer> {
  for (;;) {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES, null);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
