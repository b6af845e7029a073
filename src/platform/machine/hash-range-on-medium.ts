import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { errorCode } from '../files/files.ts';
import { pageAligned } from '../files/hashed-files.ts';

const CHUNK_BYTES = 1024 * 1024;
const SECTOR_BYTES = 512;

/**
 * sha256 of the bytes from `startBytes` up to, and without, `endBytes`, as the medium has them: read past the kernel's copy (O_DIRECT, open(2)).
 * Where that is not possible the hash still proves what was written, only not that the medium kept it. `startBytes` is that of a sector.
 */
export async function hashRangeOnMedium(
  path: string,
  startBytes: number,
  endBytes: number,
  onProgress: (done: number) => void = () => {},
): Promise<string> {
  try {
    return await hashWith(path, constants.O_DIRECT, { startBytes, endBytes, onProgress });
  } catch (error) {
    if (errorCode(error) === 'EINVAL') return hashWith(path, 0, { startBytes, endBytes, onProgress });
    throw error;
  }
}

interface DirectRange {
  startBytes: number;
  endBytes: number;
  onProgress: (done: number) => void;
}

async function hashWith(path: string, flags: number, { startBytes, endBytes, onProgress }: DirectRange): Promise<string> {
  const hash = createHash('sha256');
  const buffer = pageAligned(CHUNK_BYTES);
  const file = await open(path, constants.O_RDONLY | flags);
  try {
    for (let at = startBytes; at < endBytes; ) {
      const wanted = Math.min(CHUNK_BYTES, endBytes - at);
      const bytesRead = await readWhole(file, buffer, Math.ceil(wanted / SECTOR_BYTES) * SECTOR_BYTES, at);
      hash.update(buffer.subarray(0, Math.min(bytesRead, wanted)));
      // it ends early: the hash is another one
      if (bytesRead < wanted) break;
      at += wanted;
      onProgress((at - startBytes) / (endBytes - startBytes));
    }
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

/** A read may give less than it was asked for, but whole sectors. */
async function readWhole(file: FileHandle, buffer: Buffer, sizeBytes: number, offsetBytes: number): Promise<number> {
  let filled = 0;
  while (filled < sizeBytes) {
    const { bytesRead } = await file.read(buffer, filled, sizeBytes - filled, offsetBytes + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}
