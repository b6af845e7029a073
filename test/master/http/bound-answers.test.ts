import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import Fastify from 'fastify';
import { boundAnswers } from '../../../src/master/http/bound-answers.ts';
import { httpFetch } from '../../../src/platform/network/http-fetch.ts';

const MEBIBYTE = 1024 * 1024;

it('holds no more text than it may for readers that are slow; small answers and shared bytes go out all the same', async () => {
  await using app = Fastify();
  boundAnswers(app, 40 * MEBIBYTE);
  app.get('/text', async () => 'x'.repeat(16 * MEBIBYTE));
  app.get('/bytes', async () => Buffer.alloc(48 * MEBIBYTE));
  app.get('/small', async () => 'small');
  const base = await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const status = async (path: string): Promise<number> => {
    const answer = await httpFetch(`${base}${path}`);
    await answer.arrayBuffer();
    return answer.status;
  };
  const readers = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
  for (const reader of readers) {
    reader.write('GET /text HTTP/1.1\r\nhost: bang\r\n\r\n');
    await once(reader, 'readable');
  }
  const refused = await httpFetch(`${base}/text`);
  assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '5']);
  assert.match(await refused.text(), /"code":"busy"/);
  assert.deepEqual([await status('/small'), await status('/bytes')], [200, 200]);
  for (const reader of readers) reader.destroy();
  while ((await status('/text')) !== 200) await setImmediate();
});
