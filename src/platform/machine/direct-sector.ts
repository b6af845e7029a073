import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { pageAligned } from '../files/hashed-files.ts';

const SECTOR_BYTES = 512;
const PAGE_BYTES = 4096;

/** One sector of a device, written past the kernel's cache, so that the write takes its place among those of the file systems there. */
export interface DirectSector extends AsyncDisposable {
  /** resolves when the device has taken it; @throws RangeError for more than 512 bytes */
  write(content: Uint8Array): Promise<void>;
}

/** Opens a device for writes of one sector (O_DIRECT, open(2)). It stays open: the last close of a device writes out its cache. */
export async function openDirectSector(path: string, sector: number): Promise<DirectSector> {
  const file = await open(path, constants.O_RDWR | constants.O_DIRECT);
  const buffer = pageAligned(PAGE_BYTES);
  return {
    write: async (content) => {
      if (content.length > SECTOR_BYTES) throw new RangeError(`${content.length} bytes do not fit into a sector`);
      buffer.fill(0).set(content);
      await file.write(buffer, 0, SECTOR_BYTES, sector * SECTOR_BYTES);
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}
