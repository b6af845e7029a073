import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { describe, it } from 'node:test';
import { isOwnHost } from '../../../src/master/http/own-host.ts';
import { appFixture } from '../app-fixture.ts';
import { everyRoute } from '../every-route.ts';

describe('the name that the master is asked by', () => {
  it('is an address of its own, or one of its names, with any port', () => {
    const isServedAddress = (address: string): boolean => ['10.77.0.1', 'fd00::1'].includes(address);
    const isOwn = (host: string | undefined): boolean => isOwnHost(host, '192.0.2.7', { isServedAddress, rootHost: 'Head.example' });
    for (const host of ['10.77.0.1', '10.77.0.1:80', '192.0.2.7:8080', '[fd00::1]', '[FD00:0:0::1]:80', 'bang', 'Bang:80', 'bang.'])
      assert.equal(isOwn(host), true, host);
    for (const host of ['bang.recon.internal', 'localhost', 'localhost:8080', 'head.example', undefined])
      assert.equal(isOwn(host), true, host);
    const foreign = ['attacker.example', 'bang.attacker.example', '10.77.0.1.attacker.example', '', '10.77.0.1:99999999', '192.0.2.8'];
    for (const host of [...foreign, '[fd00::2]', '0x0a4d0001', '10.77.1', '[fe80::1%eth0]', 'bang@attacker.example', 'user:bang'])
      assert.equal(isOwn(host), false, host);
  });

  it('is asked on every route: another name gets nothing, whatever it wants', async () => {
    await using fixture = await appFixture();
    const routes = await everyRoute(fixture.app);
    assert.ok(routes.length >= 30, `${routes.length}`);
    for (const url of ['/control/look', '/export/name', '/nodes/52-54-00-00-00-01/token.cpio', '/post.tgz'])
      assert.ok(
        routes.some(([, one]) => one === url),
        url,
      );
    for (const [method, url] of [...routes, ['GET', '/nowhere'] as const]) {
      const answer = await fixture.app.inject({ method, url, headers: { host: 'rebound.example' } });
      assert.equal(answer.statusCode, 403, `${method} ${url}`);
      if (method !== 'HEAD') assert.equal(answer.json().code, 'forbidden', `${method} ${url}`);
    }
    assert.deepEqual(fixture.deps.ledger.machines(), []);
  });

  it('counts in the first line of a request as to a proxy, whatever its Host header says', async () => {
    await using fixture = await appFixture();
    await fixture.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = fixture.app.server.address() as AddressInfo;
    const ask = async (target: string): Promise<string | undefined> => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
      let said = '';
      for await (const piece of socket) said += String(piece);
      return said.split('\r\n')[0];
    };
    assert.equal(await ask('http://127.0.0.1/ready'), 'HTTP/1.1 200 OK');
    for (const target of ['http://rebound.example/export/', 'HTTP://rebound.example:80/ready'])
      assert.equal(await ask(target), 'HTTP/1.1 403 Forbidden', target);
  });

  it('may be missing in HTTP/1.0, as old ROMs have it', async () => {
    await using fixture = await appFixture();
    await fixture.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = fixture.app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('GET /menu.ipxe HTTP/1.0\r\n\r\n');
    let said = '';
    for await (const piece of socket) said += String(piece);
    assert.match(said, / 200 OK\r\n[\s\S]*#!ipxe/);
  });
});
