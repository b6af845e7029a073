import type { OpenedFile } from '../../../platform/files/file-reader.ts';
import type { Pieces } from './piece.ts';
import type { BufferShare } from './recycled-buffers.ts';

/** A look at the file costs as much as reading a piece. */
const LOOK_BYTES = 8 * 1024 * 1024;

/**
 * The file read into this transfer's own two buffers, for a file that there is no copy of. One that is written to meanwhile is noticed within 8 MiB,
 * and before the last piece is given.
 */
export function ownPieces(file: Pick<OpenedFile, 'read' | 'requireUnchanged'>, share: BufferShare): Pieces {
  let unseenBytes = 0;
  return {
    read: async (at, last) => {
      const buffer = share.take();
      const bytes = buffer.subarray(0, Math.min(buffer.length, last - at + 1));
      try {
        await file.read(bytes, at);
        unseenBytes += bytes.length;
        if (unseenBytes >= LOOK_BYTES || at + bytes.length > last) {
          await file.requireUnchanged();
          unseenBytes = 0;
        }
      } catch (error) {
        share.giveBack(buffer);
        throw error;
      }
      return { bytes, giveBack: () => share.giveBack(buffer) };
    },
  };
}
