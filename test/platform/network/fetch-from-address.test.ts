import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import { fetchFromAddress } from '../../../src/platform/network/fetch-from-address.ts';

test('a request comes from the address that was named, with its body, and a failure is told as the global fetch tells it', async () => {
  const server = createServer(async (request, reply) => {
    const body = await buffer(request);
    if (request.url === '/empty') return void reply.writeHead(204).end();
    reply.writeHead(request.url === '/busy' ? 503 : 200, {
      'x-from': request.socket.remoteAddress ?? '',
      'x-method': request.method ?? '',
    });
    reply.end(Buffer.concat([body, Buffer.from(String(request.headers['x-word']))]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fetch = fetchFromAddress('127.77.1.5');
  try {
    const answer = await fetch(`${url}/`, { method: 'PUT', headers: { 'x-word': 'behind' }, body: new Uint8Array([0, 255]) });
    assert.deepEqual([answer.status, answer.headers.get('x-from'), answer.headers.get('x-method')], [200, '127.77.1.5', 'PUT']);
    assert.deepEqual([...Buffer.from(await answer.arrayBuffer())], [0, 255, ...Buffer.from('behind')]);
    assert.equal((await fetch(`${url}/empty`)).status, 204);
    assert.equal((await fetch(`${url}/busy`)).ok, false);
    await assert.rejects(fetch(url, { signal: AbortSignal.abort() }), (error) => error instanceof TypeError && error.cause !== undefined);
  } finally {
    server.close();
  }
  await assert.rejects(fetch(url), TypeError);
});
