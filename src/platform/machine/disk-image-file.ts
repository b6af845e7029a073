import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { runOk } from '../process/command.ts';

/** Makes a file of that many bytes that takes no space until it is written. */
export async function createSparseFile(path: string, sizeBytes: number): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.truncate(sizeBytes);
  } finally {
    await file.close();
  }
}

/** Makes a file longer (or shorter); what is added is zero and takes no space. */
export async function resizeFile(path: string, sizeBytes: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.truncate(sizeBytes);
  } finally {
    await file.close();
  }
}

/** Writes bytes into an existing file; the rest stays. */
export async function writeAt(path: string, offsetBytes: number, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.write(bytes, 0, bytes.length, offsetBytes);
  } finally {
    await file.close();
  }
}

/** Copies a file with its holes. */
export async function copySparse(from: string, to: string): Promise<void> {
  await runOk(['cp', '--sparse=always', '--reflink=auto', '--', from, to], { timeoutMs: 10 * 60_000 });
}

/** The first bytes of a file. */
export async function readImageHead(path: string, sizeBytes: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sizeBytes), 0, sizeBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** sha256 (hexadecimal) of the bytes from `startBytes` up to, and without, `endBytes`. */
export async function hashRange(path: string, startBytes: number, endBytes: number): Promise<string> {
  const hash = createHash('sha256');
  if (endBytes > startBytes) {
    for await (const chunk of createReadStream(path, { start: startBytes, end: endBytes - 1, highWaterMark: 1024 * 1024 }))
      hash.update(chunk);
  }
  return hash.digest('hex');
}

/** sha256 of a whole file. */
export async function hashImage(path: string): Promise<string> {
  return hashRange(path, 0, await fileSize(path));
}

export async function fileSize(path: string): Promise<number> {
  return (await stat(path)).size;
}
