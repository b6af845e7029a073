import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { stat, writeFile } from 'node:fs/promises';
import { connect, Socket } from 'node:net';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { type LineListener, type LineSocket, listenLines } from '../../../src/platform/network/line-socket.ts';
import { replaceBuiltin } from '../files/replace-builtin.ts';

const US = process.getuid?.() ?? 0;

interface Rig {
  path: string;
  listener: LineListener;
  lines: string[];
  /** a client, both ends of its connection, and what the listener holds of it */
  client: () => Promise<{ client: Socket; atListener: Socket; connection: LineSocket }>;
}

/** A listener on a path where an earlier run left something. */
async function rig(t: TestContext): Promise<Rig> {
  const directory = await temporaryDirectory('recon-lines-');
  t.after(() => directory[Symbol.asyncDispose]());
  const path = join(directory.path, 's');
  await writeFile(path, 'left by an earlier run');
  const lines: string[] = [];
  let arrived = Promise.withResolvers<LineSocket>();
  const listener = await listenLines(path, US, (connection) => {
    arrived.resolve(connection);
    return (line) => lines.push(line);
  });
  const client = async () => {
    arrived = Promise.withResolvers();
    const socket = Promise.withResolvers<Socket>();
    const note = (message: unknown): void => socket.resolve((message as { socket: Socket }).socket);
    subscribe('net.server.socket', note);
    const client = connect(path);
    const [connection, atListener] = await Promise.all([arrived.promise, socket.promise, once(client, 'connect')]);
    unsubscribe('net.server.socket', note);
    return { client, atListener, connection };
  };
  return { path, listener, lines, client };
}

it('replaces what an earlier run left, and lets nobody in but the user and us', async (t) => {
  const owners: unknown[][] = [];
  replaceBuiltin(t, 'chown', async (...given: unknown[]) => owners.push(given));
  const { path, listener } = await rig(t);
  const found = await stat(path);
  assert.deepEqual([found.isSocket(), found.mode & 0o777, owners], [true, 0o600, [[path, US, US]]]);
  await listener[Symbol.asyncDispose]();
  await assert.rejects(stat(path), { code: 'ENOENT' });
});

it('says when it cannot listen', async () => {
  const missing = listenLines('/nowhere/at/all/s', US, () => () => {});
  await assert.rejects(missing, { code: 'EACCES', syscall: 'listen' });
});

it('survives who goes away before the answer, and keeps nothing of them', async (t) => {
  const { client, listener } = await rig(t);
  const { client: gone, connection } = await client();
  gone.destroy();
  connection.send('the answer');
  await connection.closed;
  const destroyed = t.mock.method(Socket.prototype, 'destroy');
  await listener[Symbol.asyncDispose]();
  assert.equal(destroyed.mock.callCount(), 0);
});

it('leaves nobody connected when it ends', async (t) => {
  const { client, listener } = await rig(t);
  const { client: connected } = await client();
  await Promise.all([once(connected, 'close'), listener[Symbol.asyncDispose]()]);
});

it('takes a line of 64 KiB, and lets go of who sends more without an end', async (t) => {
  const { client, listener, lines } = await rig(t);
  const { client: sender, atListener } = await client();
  sender.on('error', () => {});
  let sentBytes = 0;
  /** when this comes back, what was sent is taken, or nothing is taken any more */
  const send = async (text: string): Promise<void> => {
    sentBytes += text.length;
    sender.write(text);
    while (atListener.bytesRead < sentBytes && !atListener.destroyed)
      await Promise.race([once(atListener, 'data'), once(atListener, 'close')]);
  };
  await send('x'.repeat(65_536));
  assert.equal(atListener.destroyed, false);
  await send('\nabc\nde');
  await send('y'.repeat(65_534));
  assert.equal(atListener.destroyed, false);
  await send('z');
  assert.equal(atListener.destroyed, true);
  assert.deepEqual(lines, ['x'.repeat(65_536), 'abc']);
  await listener[Symbol.asyncDispose]();
});
