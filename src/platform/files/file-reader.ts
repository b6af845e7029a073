import { constants, createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { errorCode } from './files.ts';

export interface FileFacts {
  sizeBytes: number;
  modifiedMs: number;
}

/** Size and time of a regular file; undefined when there is none. */
export async function fileFacts(path: string): Promise<FileFacts | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? { sizeBytes: found.size, modifiedMs: found.mtimeMs } : undefined;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}

/** Bytes `first` to `last` (both included). Slices of 1 MiB cost half the CPU time of Node's 64 KiB. */
export function readRange(path: string, first: number, last: number): Readable {
  return createReadStream(path, { start: first, end: last, highWaterMark: 1024 * 1024 });
}

/** The whole file in slices. */
export function readSlices(path: string): Readable {
  return createReadStream(path, { highWaterMark: 256 * 1024 });
}

/** A regular file that is read piece by piece. */
export interface OpenedFile {
  sizeBytes: number;
  modifiedMs: number;
  /** device, inode, size and time of change: another text when it is another file, or was written to */
  identity: string;
  /**
   * Fills `into` with what stands at this place.
   * @throws Error when the file ends before
   */
  read(into: Uint8Array, at: number): Promise<void>;
  /**
   * What was read until now is of the file that was opened.
   * @throws Error when it was written to meanwhile
   */
  requireUnchanged(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a regular file for reading; undefined when there is none. */
export async function openToRead(path: string): Promise<OpenedFile | undefined> {
  let file: FileHandle;
  try {
    // a pipe without a writer would keep a thread waiting
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ENXIO'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
  try {
    const facts = await factsOf(file);
    if (facts !== undefined) {
      return { ...facts, read: reader(file), requireUnchanged: () => requireFacts(file, facts), close: () => file.close() };
    }
  } catch (error) {
    await file.close();
    throw error;
  }
  await file.close();
  return undefined;
}

type Facts = Pick<OpenedFile, 'sizeBytes' | 'modifiedMs' | 'identity'>;

async function factsOf(file: FileHandle): Promise<Facts | undefined> {
  const found = await file.stat({ bigint: true });
  if (!found.isFile()) return undefined;
  const { dev, ino, size, mtimeNs } = found;
  return { sizeBytes: Number(size), modifiedMs: Number(mtimeNs / 1000n) / 1000, identity: `${dev}:${ino}:${size}:${mtimeNs}` };
}

function reader(file: FileHandle): OpenedFile['read'] {
  return async (into, at) => {
    for (let filled = 0; filled < into.length; ) {
      const { bytesRead } = await file.read(into, filled, into.length - filled, at + filled);
      if (bytesRead === 0) throw new Error(`the file ends at ${at + filled}, before what was to be read`);
      filled += bytesRead;
    }
  };
}

/** The time of change is set before the first byte is changed: looked at after reading, it vouches for what was read. */
async function requireFacts(file: FileHandle, { identity }: Facts): Promise<void> {
  if ((await factsOf(file))?.identity !== identity) throw new Error('the file was changed while it was read');
}
