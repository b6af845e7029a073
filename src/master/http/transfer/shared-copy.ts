import type { OpenedFile } from '../../../platform/files/file-reader.ts';
import type { FilePiece } from './piece.ts';
import { free } from './recycled-buffers.ts';

/** As much is sent in one go: larger pieces cost less CPU time, and keep small answers waiting for longer. */
const BLOCK_BYTES = 2 * 1024 * 1024;

/** A file in RAM, which all who fetch it are sent from: read once, block by block, by whoever comes to a block first. */
export interface SharedCopy {
  /**
   * @param file the file of this copy, opened by whoever asks
   * @throws Error as `file.read` does
   */
  read(file: Pick<OpenedFile, 'read' | 'requireUnchanged'>, at: number, last: number): FilePiece | Promise<FilePiece>;
  heldBytes(): number;
  /** Gives the memory back, of a block that is just being sent as soon as it was. No reading after that. */
  release(): void;
}

interface CopyBlock {
  bytes: Uint8Array;
  /** until it is filled */
  filling: Promise<void> | undefined;
  /** who sends of it, or waits for it */
  users: number;
}

export function sharedCopy(sizeBytes: number): SharedCopy {
  const blocks = new Map<number, CopyBlock>();
  let isReleased = false;
  const leave = (block: CopyBlock): void => {
    block.users -= 1;
    if (block.users === 0 && isReleased) free(block.bytes);
  };
  const blockAt = (index: number, file: Pick<OpenedFile, 'read' | 'requireUnchanged'>): CopyBlock => {
    const found = blocks.get(index);
    if (found !== undefined) return found;
    const first = index * BLOCK_BYTES;
    const bytes = Buffer.allocUnsafeSlow(Math.min(BLOCK_BYTES, sizeBytes - first));
    const block: CopyBlock = { bytes, users: 0, filling: undefined };
    block.filling = file
      .read(bytes, first)
      .then(file.requireUnchanged)
      .then(
        () => {
          block.filling = undefined;
        },
        (error: unknown) => {
          // a medium that is back gives it to the next one
          if (blocks.get(index) === block) blocks.delete(index);
          throw error;
        },
      );
    blocks.set(index, block);
    return block;
  };
  return {
    read: (file, at, last) => {
      const index = Math.floor(at / BLOCK_BYTES);
      const block = blockAt(index, file);
      const start = at - index * BLOCK_BYTES;
      block.users += 1;
      const piece = (): FilePiece => ({ bytes: block.bytes.subarray(start, last - index * BLOCK_BYTES + 1), giveBack: () => leave(block) });
      return (
        block.filling?.then(piece, (error: unknown) => {
          leave(block);
          throw error;
        }) ?? piece()
      );
    },
    heldBytes: () => [...blocks.values()].reduce((sum, { bytes }) => sum + bytes.length, 0),
    release: () => {
      isReleased = true;
      for (const { users, bytes } of blocks.values()) if (users === 0) free(bytes);
      blocks.clear();
    },
  };
}
