import type { OpenedFile } from '../../../platform/files/file-reader.ts';
import { type HotCopies, hotCopies } from './hot-copies.ts';
import { ownPieces } from './own-pieces.ts';
import type { Pieces } from './piece.ts';
import { type RecycledBuffers, recycledBuffers } from './recycled-buffers.ts';
import { type PiecesToSend, sendPieces } from './send-pieces.ts';
import { type SendingTurns, sendingTurns } from './turns.ts';

/** What all transfers of this process share. */
export interface TransferParts {
  copies: HotCopies;
  buffers: RecycledBuffers;
  turns: SendingTurns;
}

export interface FileToSend extends Pick<PiecesToSend, 'first' | 'last' | 'response' | 'socket'> {
  /** closed at the end */
  file: OpenedFile;
}

/** Sends files to whoever fetches them; resolves when the answer is over, in whatever way. */
export interface FileTransfers {
  send(wish: FileToSend): Promise<void>;
}

/** Every piece comes from the copy in RAM that there is at that moment, or else from the file. */
export function fileTransfers(parts: TransferParts = newParts()): FileTransfers {
  return {
    send: async ({ file, ...wish }) => {
      const hot = parts.copies.begin(file);
      const share = parts.buffers.share(wish.last - wish.first + 1);
      const own = ownPieces(file, share);
      const pieces: Pieces = { read: (at, last) => hot.copy()?.read(file, at, last) ?? own.read(at, last) };
      try {
        await sendPieces({ ...wish, pieces, turns: parts.turns });
      } finally {
        share.end();
        hot.end();
        await file.close();
      }
    },
  };
}

function newParts(): TransferParts {
  return { copies: hotCopies(), buffers: recycledBuffers(), turns: sendingTurns() };
}
