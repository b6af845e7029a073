import { connect } from 'node:net';
import { ReconError } from '../../domain/errors.ts';

/** A connection on which each message gets one answer, both binary, such as that of a TPM emulator. */
export interface ByteSocket {
  /** Sends a message and waits until `isWhole` says so of what came back. @throws ReconError `infrastructure` when it does not come in time */
  ask(message: Uint8Array, isWhole: (answer: Buffer) => boolean): Promise<Buffer>;
  close(): void;
}

const ANSWER_TIMEOUT_MS = 30_000;

/**
 * Connects to a Unix socket.
 * @throws Error with `code` ENOENT or ECONNREFUSED while nobody listens there
 */
export async function connectBytes(path: string): Promise<ByteSocket> {
  const socket = connect(path);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    // it goes on listening: what happens to the connection later shows as its end
    socket.once('error', reject);
  });
  const ask = (message: Uint8Array, isWhole: (answer: Buffer) => boolean): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      let answer = Buffer.alloc(0);
      const settle = (end: () => void): void => {
        clearTimeout(timer);
        socket.off('data', take);
        socket.off('close', gone);
        end();
      };
      const fail = (why: string): void => settle(() => reject(new ReconError('infrastructure', `${path} ${why}`)));
      const gone = (): void => fail('was closed by the other side');
      const take = (bytes: Buffer): void => {
        answer = Buffer.concat([answer, bytes]);
        if (isWhole(answer)) settle(() => resolve(answer));
      };
      const timer = setTimeout(() => fail('did not answer in time'), ANSWER_TIMEOUT_MS);
      socket.on('data', take);
      socket.once('close', gone);
      socket.write(message);
    });
  return { ask, close: () => socket.destroy() };
}
