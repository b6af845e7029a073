import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { type HttpReply, httpExchange } from '../../../src/platform/network/http-exchange.ts';

/** Asks a server behind a Unix socket that answers so. */
async function answered(t: TestContext, listener: RequestListener): Promise<HttpReply> {
  const directory = await temporaryDirectory('recon-exchange-');
  const socketPath = join(directory.path, 's');
  const server = createServer(listener);
  t.after(async () => {
    server.closeAllConnections();
    server.close();
    await directory[Symbol.asyncDispose]();
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  return httpExchange({ socketPath }, { method: 'GET', path: '/', headers: {} });
}

it('takes a long answer whole, and asks for no other on the same connection', async (t) => {
  let connection: string | undefined;
  const { text } = await answered(t, (request, response) => {
    connection = request.headers.connection;
    response.end('x'.repeat(1_000_000));
  });
  assert.deepEqual([text.length, connection], [1_000_000, 'close']);
});

it('gives up an answer without an end', async (t) => {
  const asked = answered(t, (_request, response) => {
    const piece = Buffer.alloc(1024 ** 2);
    const more = (): void => {
      while (!response.destroyed && response.write(piece));
    };
    response.on('drain', more);
    more();
  });
  await assert.rejects(asked, { message: 'the answer has no end' });
});

it('fails when the connection is closed instead of an answer', async (t) => {
  await assert.rejects(
    answered(t, (request) => request.socket.destroy()),
    { code: 'ECONNRESET' },
  );
});

it('does not wait for an answer that never comes', async (t) => {
  const { setTimeout } = Socket.prototype;
  const limitsMs: number[] = [];
  t.mock.method(Socket.prototype, 'setTimeout', function (this: Socket, limitMs: number, onTimeout?: () => void) {
    limitsMs.push(limitMs);
    return setTimeout.call(this, limitMs === 120_000 ? 20 : limitMs, onTimeout);
  });
  await assert.rejects(
    answered(t, () => {}),
    { message: 'no answer within 120 s' },
  );
  assert.ok(limitsMs.includes(120_000));
});
