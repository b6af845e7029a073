import { chmod, chown, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { splitLines } from '../process/command.ts';
import { readInBatches } from '../process/read-in-batches.ts';

const LONGEST_LINE_BYTES = 65_536;

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
  return lineSocket(socket, onLine);
}

/** A Unix socket that others connect to. */
export interface LineListener extends AsyncDisposable {}

/**
 * Listens on a Unix socket that only we and the user `userId` may use; what an earlier run left there is replaced.
 * `onConnection` gets the way back, and gives what takes the lines that come. `everyMs`: for a partner that says much, how often what it says is looked at.
 */
export async function listenLines(
  path: string,
  userId: number,
  onConnection: (connection: LineSocket) => (line: string) => void,
  { everyMs }: { everyMs?: number } = {},
): Promise<LineListener> {
  await rm(path, { force: true });
  const connections = new Set<Socket>();
  const server = createServer((socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    // what happens to the connection shows as its end; an error that nobody hears would end us
    socket.on('error', () => {});
    let take: (line: string) => void = () => {};
    socket.on('data', endAt(LONGEST_LINE_BYTES, socket));
    take = onConnection(lineSocket(socket, (line) => take(line), everyMs));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  await chmod(path, 0o600);
  await chown(path, userId, userId);
  return {
    [Symbol.asyncDispose]: async () => {
      for (const socket of connections) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Who sends no end of a line is no partner of ours, and must not fill our memory. */
function endAt(longestBytes: number, socket: Socket): (chunk: Buffer) => void {
  let waitingBytes = 0;
  return (chunk) => {
    const end = chunk.lastIndexOf(10);
    waitingBytes = end === -1 ? waitingBytes + chunk.length : chunk.length - end - 1;
    if (waitingBytes > longestBytes) socket.destroy();
  };
}

function lineSocket(socket: Socket, onLine: (line: string) => void, everyMs?: number): LineSocket {
  if (everyMs === undefined) socket.on('data', splitLines(onLine));
  else readInBatches(socket, everyMs, splitLines(onLine));
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return { send: (line) => void socket.write(`${line}\n`), close: () => socket.destroy(), closed };
}
