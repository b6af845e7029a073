import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { errorCode } from '../files/files.ts';
import { pageAligned } from '../files/hashed-files.ts';

/** So much is read and written at once: a page, which is a whole number of blocks of every disk. */
export const DIRECT_BLOCK_BYTES = 4096;

/** Blocks of a device, read from and written to the device itself, past the kernel's cache. */
export interface DirectBlocks extends AsyncDisposable {
  /** at a whole number of blocks; fewer bytes at the end of the device */
  read(offsetBytes: number): Promise<Buffer>;
  /** resolves when the device says that it keeps it */
  write(offsetBytes: number, block: Uint8Array): Promise<void>;
}

/** Opens a device, or an image file, for that (O_DIRECT, open(2)). @throws the system's error */
export async function openDirectBlocks(path: string): Promise<DirectBlocks> {
  const file = await openDirect(path);
  const buffer = pageAligned(DIRECT_BLOCK_BYTES);
  return {
    read: async (offsetBytes) => {
      const { bytesRead } = await file.read(buffer, 0, DIRECT_BLOCK_BYTES, offsetBytes);
      return Buffer.from(buffer.subarray(0, bytesRead));
    },
    write: async (offsetBytes, block) => {
      buffer.fill(0).set(block);
      await file.write(buffer, 0, DIRECT_BLOCK_BYTES, offsetBytes);
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}

async function openDirect(path: string): Promise<FileHandle> {
  const flags = constants.O_RDWR | constants.O_DSYNC;
  try {
    return await open(path, flags | constants.O_DIRECT);
  } catch (error) {
    // tmpfs has no medium below it, and does not know the flag
    if (errorCode(error) === 'EINVAL') return open(path, flags);
    throw error;
  }
}
