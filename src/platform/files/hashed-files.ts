import { createHash } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { errorCode } from './files.ts';

const DIRECT_READ_BYTES = 256 * 1024;
/** Buffers that nobody reads into at the moment: a new one for each file is garbage outside of V8's heap, which V8 collects late. */
const idle: Buffer[] = [];
const MOST_IDLE = 4;

export interface HashedFile {
  /** hexadecimal */
  sha256: string;
  sizeBytes: number;
}

/**
 * Writes a new file from chunks and hashes on the way. The file must not exist. It is not synced when it is whole; with `syncEveryBytes` it is
 * on the way, so that never more of it waits in memory: on a slow medium everybody else's sync would have to wait for that.
 */
export async function writeHashed(
  path: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  syncEveryBytes = Number.POSITIVE_INFINITY,
): Promise<HashedFile> {
  const hash = createHash('sha256');
  let [sizeBytes, syncedBytes] = [0, 0];
  const file = await open(path, 'wx', 0o644);
  try {
    for await (const chunk of chunks) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      await writeAll(file, chunk);
      if (sizeBytes - syncedBytes < syncEveryBytes) continue;
      await file.sync();
      syncedBytes = sizeBytes;
    }
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

/** Reads a file and hashes it. */
export async function hashFile(path: string): Promise<HashedFile> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

/**
 * Hashes a synced file as the medium has it, past the kernel's copy (O_DIRECT, open(2)). Where the file system cannot do that
 * the hash still proves what was written, only not that the medium kept it.
 */
export async function hashOnMedium(path: string): Promise<HashedFile> {
  try {
    return await hashDirect(path);
  } catch (error) {
    if (errorCode(error) === 'EINVAL') return hashFile(path);
    throw error;
  }
}

async function hashDirect(path: string): Promise<HashedFile> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const file = await open(path, constants.O_RDONLY | constants.O_DIRECT);
  const buffer = idle.pop() ?? pageAligned(DIRECT_READ_BYTES);
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, sizeBytes);
      hash.update(buffer.subarray(0, bytesRead));
      sizeBytes += bytesRead;
      // direct reads must start at a whole block, and only the last one does not end at one
      if (bytesRead < buffer.length) return { sha256: hash.digest('hex'), sizeBytes };
    }
  } finally {
    if (idle.length < MOST_IDLE) idle.push(buffer);
    await file.close();
  }
}

/** O_DIRECT wants memory that starts at a page; only that of a buffer which could grow does. */
export function pageAligned(sizeBytes: number): Buffer {
  return Buffer.from(new ArrayBuffer(sizeBytes, { maxByteLength: sizeBytes }));
}

/** Writes all of a chunk where the file is, or `from` a byte on: a write to a full disk may store only a part of it. */
export async function writeAll(file: Pick<FileHandle, 'write'>, chunk: Uint8Array, from?: number): Promise<void> {
  for (let at = 0; at < chunk.length; ) {
    const { bytesWritten } = await file.write(chunk, at, chunk.length - at, from === undefined ? null : from + at);
    at += bytesWritten;
  }
}
