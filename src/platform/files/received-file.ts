import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ReconError } from '../../domain/errors.ts';
import { removePath } from './directories.ts';

/**
 * Writes what is sent into a new file of this user's alone, which goes with what it is used for; what is longer than it may be is never written whole.
 * @throws ReconError `body-too-large`
 */
export async function receivedFile(path: string, source: AsyncIterable<Uint8Array>, mostBytes: number): Promise<AsyncDisposable> {
  let bytes = 0;
  const counted = new Transform({
    transform: (piece: Uint8Array, _encoding, done) => {
      bytes += piece.length;
      done(bytes > mostBytes ? new ReconError('body-too-large', `this is longer than ${mostBytes} bytes`) : null, piece);
    },
  });
  try {
    await pipeline(source, counted, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    await removePath(path);
    throw error;
  }
  return { [Symbol.asyncDispose]: () => removePath(path) };
}
