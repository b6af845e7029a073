import { connect } from 'node:net';
import { splitLines } from '../process/command.ts';

/** A connection that carries one message per line, such as QEMU's QMP. */
export interface LineSocket {
  send(line: string): void;
  close(): void;
  /** settles when the other side has gone */
  readonly closed: Promise<void>;
}

/**
 * Connects to a Unix socket.
 * @throws Error with `code` ENOENT or ECONNREFUSED while nobody listens there
 */
export async function connectLines(path: string, onLine: (line: string) => void): Promise<LineSocket> {
  const socket = connect(path);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    // it goes on listening: what happens to the connection later shows as its end
    socket.once('error', reject);
  });
  socket.on('data', splitLines(onLine));
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return { send: (line) => void socket.write(`${line}\n`), close: () => socket.destroy(), closed };
}
