import assert from 'node:assert/strict';
import { once } from 'node:events';
import { open, truncate } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import Fastify from 'fastify';
import { sendFile } from '../../../src/master/http/send-file.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';

const SIZE = 10 * 1024 * 1024;

/** A file of zeros, and the server's ends of all connections. */
async function serve() {
  const directory = await temporaryDirectory('recon-send-');
  const path = join(directory.path, 'image');
  await using file = await open(path, 'w');
  await file.truncate(SIZE);
  const sockets = new Set<Socket>();
  const app = Fastify({ forceCloseConnections: true });
  app.route({
    method: ['GET', 'HEAD'],
    url: '/image',
    handler: (asked, reply) => {
      sockets.add(asked.raw.socket);
      return sendFile(asked, reply, { path, name: 'image' });
    },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    ...{ path, sockets, port: (app.server.address() as AddressInfo).port },
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await directory[Symbol.asyncDispose]();
    },
  };
}

describe('a file over HTTP', () => {
  it('answers one after the other on one connection: whole, a part, only the head', async () => {
    await using served = await serve();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = async (method: string, headers: Record<string, string>): Promise<[number | undefined, string | undefined, number]> => {
      const asked = request({ ...{ host: '127.0.0.1', port: served.port, path: '/image', method, headers }, agent }).end();
      const [answer] = await once(asked, 'response');
      let bytes = 0;
      for await (const chunk of answer) bytes += chunk.length;
      return [answer.statusCode, answer.headers['content-length'], bytes];
    };
    assert.deepEqual(await ask('HEAD', {}), [200, `${SIZE}`, 0]);
    assert.deepEqual(await ask('GET', {}), [200, `${SIZE}`, SIZE]);
    assert.deepEqual(await ask('GET', { range: `bytes=${SIZE - 5}-` }), [206, '5', 5]);
    assert.deepEqual(await ask('GET', { range: 'bytes=7-2000006' }), [206, '2000000', 2_000_000]);
    assert.equal(served.sockets.size, 1, 'it was one connection');
    agent.destroy();
  });

  it('of none gives nothing: an empty one, and one that grew short of a range', async () => {
    await using served = await serve();
    await truncate(served.path, 0);
    const { status, headers } = await fetch(`http://127.0.0.1:${served.port}/image`);
    assert.deepEqual([status, headers.get('content-length')], [200, '0']);
    assert.equal((await fetch(`http://127.0.0.1:${served.port}/image`, { headers: { range: 'bytes=5-' } })).status, 416);
  });
});
