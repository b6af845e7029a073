import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type AppFixture, appFixture } from '../app-fixture.ts';

const FILE_BYTES = 16 * 1024 * 1024;
const ask = (path: string): string => `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nuser-agent: curl\r\n\r\n`;

async function listening(): Promise<AppFixture & { port: number }> {
  const fixture = await appFixture();
  await fixture.app.listen({ host: '127.0.0.1', port: 0 });
  return { ...fixture, port: (fixture.app.server.address() as AddressInfo).port };
}

/** How many answers came until the connection ended. */
async function answersTo(port: number, text: string): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(text);
  socket.end();
  let said = '';
  await (async () => {
    for await (const piece of socket) said += String(piece);
  })().catch(() => {});
  return said.match(/HTTP\/1\.1 \d+ /g)?.length ?? 0;
}

describe('who asks on one connection without waiting', () => {
  it('is answered for a few requests, and one after the other for as many as he likes', async () => {
    await using fixture = await listening();
    assert.equal(await answersTo(fixture.port, ask('/ready').repeat(4)), 4);
    const socket = connect(fixture.port, '127.0.0.1');
    await once(socket, 'connect');
    for (let at = 0; at < 30; at += 1) {
      socket.write(ask('/ready'));
      const [answer] = await once(socket, 'data');
      assert.match(String(answer), /^HTTP\/1\.1 200 /);
    }
    socket.destroy();
  });

  it('is hung up on for a flood, before each of his requests holds a file open', async () => {
    await using fixture = await listening();
    await writeFile(join(fixture.root, 'post.tgz'), Buffer.alloc(FILE_BYTES));
    const socket = connect(fixture.port, '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.write(ask('/post.tgz').repeat(2000));
    let most = 0;
    const timer = setInterval(async () => {
      most = Math.max(most, (await readdir('/proc/self/fd')).length);
    }, 5);
    let takenBytes = 0;
    socket.on('data', ({ length }) => {
      takenBytes += length;
      // more than the few that are answered: nobody hangs up
      if (takenBytes > 5 * FILE_BYTES) socket.destroy();
    });
    await ended;
    assert.ok(takenBytes <= 5 * FILE_BYTES, 'all requests are answered');
    clearInterval(timer);
    assert.ok(most < 200, `${most} files were open`);
    assert.equal(await answersTo(fixture.port, ask('/ready')), 1, 'others are answered');
  });
});
