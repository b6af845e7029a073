import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { run } from './command.ts';

export interface HashedFile {
  /** hexadecimal */
  sha256: string;
  sizeBytes: number;
}

/** Writes a new file from chunks and hashes on the way. The file must not exist. It is not synced. */
export async function writeHashed(path: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<HashedFile> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const file = await open(path, 'wx', 0o644);
  try {
    for await (const chunk of chunks) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      await writeAll(file, chunk);
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
 * Asks the kernel to forget its copy of a synced file (posix_fadvise, by way of dd(1)), so that reading it again reads the
 * medium. Where that is not possible the hash still proves what was written, only not that the medium kept it.
 */
export async function forgetCachedPages(path: string): Promise<void> {
  await run(['dd', `if=${path}`, 'iflag=nocache', 'count=0', 'status=none'], { timeoutMs: 10_000 });
}

/** A write to a full disk may store only a part of the chunk. */
async function writeAll(file: Awaited<ReturnType<typeof open>>, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.length; ) {
    const { bytesWritten } = await file.write(chunk, at);
    at += bytesWritten;
  }
}
