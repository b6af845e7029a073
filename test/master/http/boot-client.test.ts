import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LOADER_PATH } from '../../../src/master/dhcp/dnsmasq/config-boot.ts';
import { isBootClient } from '../../../src/master/http/boot-client.ts';
import { httpFetch } from '../../../src/platform/network/http-fetch.ts';
import { appFixture } from '../app-fixture.ts';
import { everyRoute } from '../every-route.ts';

const MAC = '52:54:00:00:00:01';
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
/** What a browser sends for a picture on somebody's page; over plain HTTP there may be no sign but its name. */
const PAGES: readonly Record<string, string>[] = [
  { 'user-agent': BROWSER },
  { 'user-agent': 'iPXE/1.21.1', referer: 'http://evil.example/' },
  { 'user-agent': 'iPXE/1.21.1', origin: 'null' },
  { 'user-agent': 'iPXE/1.21.1', 'sec-fetch-site': 'cross-site' },
  { 'user-agent': 'Opera/9.80' },
];

describe('a GET that leaves something behind', () => {
  it('is for who boots', () => {
    for (const agent of ['iPXE/1.21.1+git-20220113', 'iPXE/1.0.0+', 'UefiHttpBoot/1.0', 'GRUB 2.12', 'curl/8.14.1', 'node', undefined])
      assert.equal(isBootClient({ headers: agent === undefined ? {} : { 'user-agent': agent } }), true, agent);
    for (const headers of PAGES) assert.equal(isBootClient({ headers }), false, JSON.stringify(headers));
  });

  it("our own fetch is no browser's", async () => {
    await using fixture = await appFixture();
    let seen: boolean | undefined;
    fixture.app.addHook('onRequest', async (request) => {
      seen = isBootClient(request);
    });
    await httpFetch(`${await fixture.app.listen({ host: '127.0.0.1', port: 0 })}/ready`);
    assert.equal(seen, true);
  });

  it('from a page changes nothing: no token, no lease, no line of the ledger', async () => {
    await using fixture = await appFixture();
    const { app, deps } = fixture;
    await deps.tokens.mint(MAC, '127.0.0.1');
    for (const headers of PAGES) {
      const statuses = await Promise.all(
        [`/nodes/52-54-00-00-00-02/boot.ipxe`, `/nodes/${MAC}/token.cpio`].map(
          async (url) => (await app.inject({ url, headers })).statusCode,
        ),
      );
      assert.deepEqual(statuses, [403, 403]);
      await deps.leases.add(MAC, '127.0.0.1');
      for (const url of ['/install/recon/', `${LOADER_PATH}snponly.efi`, '/install/recon/linux'])
        await app.inject({ url, headers: { ...headers, host: 'bang' } });
    }
    assert.deepEqual([deps.ledger.machines(), deps.tokens.newest('52:54:00:00:00:02')], [[], undefined]);
    assert.equal((await app.inject(`${LOADER_PATH}snponly.efi`)).statusCode, 200);
    assert.equal(deps.ledger.machine(MAC)?.stage, 'loader', 'who boots is noted');
  });

  it("does not seal for somebody else's page", async () => {
    let seals = 0;
    await using fixture = await appFixture({
      seal: async () => {
        seals += 1;
        return fixture.seal();
      },
    });
    const { app } = fixture;
    const host = 'bang';
    for (const headers of [{ referer: 'http://evil.example/x' }, { origin: 'http://evil.example' }, { 'sec-fetch-site': 'cross-site' }])
      assert.deepEqual((await app.inject({ url: '/export/', headers: { host, ...headers } })).json(), []);
    const nameless = await app.inject({ url: '/export/', headers: { host, 'user-agent': BROWSER } });
    assert.deepEqual([nameless.statusCode, nameless.json().code], [404, 'not-found']);
    assert.match(nameless.json().hint, /The button on http:\/\/bang\/ makes it now, and so does curl/);
    assert.equal(seals, 0);
    assert.equal(
      (await app.inject({ url: '/export/', headers: { host, 'user-agent': BROWSER, referer: 'http://bang/' } })).json().length,
      1,
    );
    assert.equal(seals, 1);
    assert.equal(
      (await app.inject({ url: '/export/', headers: { host, 'user-agent': BROWSER } })).json().length,
      1,
      'one that is there is shown',
    );
  });

  it('is on no other path: whatever a page asks for, nothing is made, noted or sealed', async () => {
    let seals = 0;
    await using fixture = await appFixture({
      seal: async () => {
        seals += 1;
        return fixture.seal();
      },
    });
    const { app, deps } = fixture;
    await deps.leases.add(MAC, '127.0.0.1');
    const routes = (await everyRoute(app)).filter(([method, url]) => (method === 'GET' || method === 'HEAD') && url !== '/live');
    const before = [deps.ledger.sequence, deps.tokens.newest(MAC), deps.leases.addressOf('52:54:00:00:00:02')];
    for (const [method, url] of routes) await app.inject({ method, url, headers: { host: 'bang', 'user-agent': BROWSER } });
    assert.deepEqual([deps.ledger.sequence, deps.tokens.newest(MAC), deps.leases.addressOf('52:54:00:00:00:02'), seals], [...before, 0]);
  });
});
