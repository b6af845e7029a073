import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FilePiece, Pieces } from './piece.ts';
import type { SendingTurns } from './turns.ts';

export interface PiecesToSend {
  pieces: Pieces;
  first: number;
  /** included */
  last: number;
  /** its head is made already, with the length */
  response: Pick<ServerResponse, 'flushHeaders' | 'socket' | 'once' | 'write' | 'end' | 'destroy'>;
  /** the connection: an answer that waits behind another one has none yet, and is told nothing when it closes */
  socket: Pick<Socket, 'write' | 'once' | 'removeListener' | 'destroyed' | 'writable'>;
  turns: SendingTurns;
}

/**
 * Sends a file piece by piece, while the next one is read. A piece is given back when the kernel has taken its last byte, or has closed the connection.
 * What cannot be read cuts the connection, short of the length that was promised: nothing else tells a client that it has not got the file.
 * The pieces go past the answer, onto the connection: Node's answer would cork and gather each, for a third more CPU time.
 */
export async function sendPieces({ pieces, first, last, response, socket, turns }: PiecesToSend): Promise<void> {
  const connection = watchClosing(socket);
  let ahead: FilePiece | Promise<FilePiece> | undefined = readAhead(pieces, first, last);
  try {
    response.flushHeaders();
    // until then the bytes would end up in the answer before this one
    if (response.socket === null) await connection.orClosed((done) => response.once('socket', () => done()));
    // an answer to a request that no connection brought (inject) is on none
    const way = response.socket === socket ? socket : response;
    for (let at = first; ahead !== undefined; ) {
      const piece: FilePiece = await ahead;
      at += piece.bytes.length;
      ahead = at > last ? undefined : readAhead(pieces, at, last);
      try {
        await turns.next(piece.bytes.length);
        await connection.orClosed((done) => way.write(piece.bytes, done));
      } finally {
        piece.giveBack();
      }
    }
    response.end();
  } catch {
    response.destroy();
  } finally {
    connection.leave();
    // what is still being read must not be given away
    await Promise.resolve(ahead).then(
      (piece) => piece?.giveBack(),
      () => {},
    );
  }
}

/** Its failure is told to whoever waits for it, or to nobody. */
function readAhead(pieces: Pieces, at: number, last: number): FilePiece | Promise<FilePiece> {
  const reading = pieces.read(at, last);
  if (reading instanceof Promise) reading.catch(() => {});
  return reading;
}

interface WatchedClosing {
  /** resolves when `start`'s callback is called; @throws Error when it is called with one, or the connection is closed */
  orClosed(start: (done: (error?: Error | null) => void) => void): Promise<void>;
  leave(): void;
}

function watchClosing(socket: PiecesToSend['socket']): WatchedClosing {
  let onClose: (() => void) | undefined;
  const closed = (): void => onClose?.();
  socket.once('close', closed);
  return {
    orClosed: (start) =>
      new Promise((resolve, reject) => {
        onClose = () => reject(new Error('the connection is closed'));
        // a write behind the end of a connection would be a failure of the server
        if (socket.destroyed || socket.writable === false) return onClose();
        start((error) => (error instanceof Error ? reject(error) : resolve()));
      }),
    leave: () => socket.removeListener('close', closed),
  };
}
