import assert from 'node:assert/strict';
import { createSocket, Socket } from 'node:dgram';
import { type Socket as Connection, createServer } from 'node:net';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { openBroadcastSocket } from '../../../src/platform/network/broadcast-socket.ts';
import { connectBytes } from '../../../src/platform/network/byte-socket.ts';
import { connectLines } from '../../../src/platform/network/line-socket.ts';

/** A server on a Unix socket of its own; `onConnection` is called for each client. */
async function listening(t: TestContext, onConnection: (connection: Connection) => void): Promise<string> {
  const directory = await temporaryDirectory('recon-socket-');
  const path = join(directory.path, 's');
  const server = createServer((connection) => {
    connection.on('error', () => {});
    onConnection(connection);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  t.after(async () => {
    server.close();
    await directory[Symbol.asyncDispose]();
  });
  return path;
}

it('sends and takes lines, until the other side goes', async (t) => {
  const lines: string[] = [];
  const path = await listening(t, (connection) => {
    connection.once('data', (bytes) => connection.end(`you said ${bytes}and more\r\n`));
  });
  const socket = await connectLines(path, (line) => lines.push(line));
  socket.send('hello');
  await socket.closed;
  socket.send('nobody is there any more');
  await new Promise(setImmediate);
  assert.deepEqual(lines, ['you said hello', 'and more']);
});

it('says when nobody listens, and closes when we do', async (t) => {
  const left = Promise.withResolvers<void>();
  const path = await listening(t, (connection) => connection.on('close', () => left.resolve()));
  for (const connect of [connectLines(`${path}-none`, () => {}), connectBytes(`${path}-none`)])
    await assert.rejects(connect, { code: 'ENOENT' });
  const socket = await connectLines(path, () => {});
  socket.close();
  await socket.closed;
  await left.promise;
});

it('takes an answer in pieces, and each answer for its own question', async (t) => {
  const path = await listening(t, (connection) => {
    connection.on('data', async (bytes) => {
      for (const byte of Buffer.concat([bytes, bytes])) {
        connection.write(Buffer.from([byte]));
        await new Promise(setImmediate);
      }
    });
  });
  const socket = await connectBytes(path);
  const shown: string[] = [];
  const ask = (text: string) =>
    socket.ask(Buffer.from(text), (answer) => {
      shown.push(text);
      return answer.length === 2 * text.length;
    });
  assert.equal(String(await ask('ab')), 'abab');
  shown.length = 0;
  assert.equal(String(await ask('xyz')), 'xyzxyz');
  assert.deepEqual([...new Set(shown)], ['xyz'], 'a question that is answered is shown nothing more');
  const warned: string[] = [];
  const note = (warning: Error): void => void warned.push(warning.name);
  process.on('warning', note);
  t.after(() => process.off('warning', note));
  for (let turn = 0; turn < 20; turn += 1) await ask('a');
  await new Promise(setImmediate);
  assert.deepEqual(warned, [], 'nothing is left behind of many questions');
  socket.close();
});

it('fails when the other side goes or does not answer, and with the name of the socket', async (t) => {
  const path = await listening(t, (connection) => connection.once('data', (bytes) => String(bytes) === 'go' && connection.destroy()));
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const never = (): boolean => false;
  const silent = await connectBytes(path);
  const late = silent.ask(Buffer.from('wait'), never);
  t.mock.timers.tick(29_999);
  t.mock.timers.tick(1);
  await assert.rejects(late, { code: 'infrastructure', message: `${path} did not answer in time` });
  silent.close();
  const leaving = await connectBytes(path);
  await assert.rejects(leaving.ask(Buffer.from('go'), never), { code: 'infrastructure', message: `${path} was closed by the other side` });
  const vain = leaving.ask(Buffer.from('again'), never);
  await new Promise(setImmediate);
  t.mock.timers.tick(30_000);
  await assert.rejects(vain, { code: 'infrastructure' });
});

it('hands over datagrams with who sent them, and sends to everybody', async (t) => {
  const arrived = Promise.withResolvers<[string, string]>();
  const sent: unknown[] = [];
  const probe = createSocket('udp4');
  await new Promise<void>((resolve) => probe.bind(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  const broadcast = t.mock.method(Socket.prototype, 'setBroadcast');
  const socket = await openBroadcastSocket(port, (message, from) => arrived.resolve([String(Buffer.from(message)), from]));
  assert.deepEqual(broadcast.mock.calls[0]?.arguments, [true]);
  const sender = createSocket('udp4');
  await new Promise<void>((resolve) => sender.send('hello', port, '127.0.0.1', () => resolve()));
  assert.deepEqual(await arrived.promise, ['hello', '127.0.0.1']);
  await new Promise<void>((resolve) => sender.close(() => resolve()));
  // nothing leaves this machine
  let failure: Error | null = null;
  t.mock.method(Socket.prototype, 'send', (...given: unknown[]) => {
    sent.push(given.slice(0, -1));
    (given.at(-1) as (error: Error | null) => void)(failure);
  });
  await socket.send(Buffer.from('x'), 67);
  assert.deepEqual(sent, [[Buffer.from('x'), 67, '255.255.255.255']]);
  failure = new Error('unreachable');
  await assert.rejects(socket.send(Buffer.from('x'), 67), failure);
  const alone = createSocket('udp4');
  await new Promise<void>((resolve) => alone.bind(0, resolve));
  await assert.rejects(
    openBroadcastSocket(alone.address().port, () => {}),
    { code: 'EADDRINUSE' },
  );
  await new Promise<void>((resolve) => alone.close(() => resolve()));
  const beside = await openBroadcastSocket(port, () => {});
  await beside[Symbol.asyncDispose]();
  await socket[Symbol.asyncDispose]();
});
