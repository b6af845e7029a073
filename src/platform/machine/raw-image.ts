import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** A disk image, or a device, that is read and written at offsets in bytes. */
export interface RawImage extends AsyncDisposable {
  /** fewer bytes than asked for at the end of the image */
  read(offsetBytes: number, sizeBytes: number): Promise<Buffer>;
  write(offsetBytes: number, bytes: Uint8Array): Promise<void>;
  /** waits until what was written is on the medium */
  sync(): Promise<void>;
}

/** `exclusive`: read-write, and a disk of which a part is mounted, or that belongs to something, is refused (open(2), O_EXCL on a block device). */
export type ImageAccess = 'read' | 'read-write' | 'exclusive';

const FLAGS: Readonly<Record<ImageAccess, number>> = {
  read: constants.O_RDONLY,
  'read-write': constants.O_RDWR,
  exclusive: constants.O_RDWR | constants.O_EXCL,
};

/** Opens an image that exists. @throws the system's error */
export async function openRawImage(path: string, access: ImageAccess): Promise<RawImage> {
  const file = await open(path, FLAGS[access]);
  return {
    read: async (offsetBytes, sizeBytes) => {
      const buffer = Buffer.alloc(sizeBytes);
      let filled = 0;
      while (filled < sizeBytes) {
        const { bytesRead } = await file.read(buffer, filled, sizeBytes - filled, offsetBytes + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    },
    write: async (offsetBytes, bytes) => {
      for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at, bytes.length - at, offsetBytes + at)).bytesWritten;
    },
    sync: () => file.sync(),
    [Symbol.asyncDispose]: () => file.close(),
  };
}
