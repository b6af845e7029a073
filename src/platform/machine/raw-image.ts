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

/** Opens an image that exists. @throws the system's error */
export async function openRawImage(path: string, access: 'read' | 'read-write'): Promise<RawImage> {
  const file = await open(path, access === 'read' ? constants.O_RDONLY : constants.O_RDWR);
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
