import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { type AppFixture, appFixture } from '../app-fixture.ts';

const MAC = '52:54:00:00:00:01';
const SCRIPT = `/nodes/${MAC}/boot.grub?lockdown=y&uuid=52454841-5253-414c-8000-000000000003&product=Model%203&slots=.1024-0.0-0`;

describe('what the signed GRUB asks for', () => {
  it('gets its first configuration over HTTP, empty lists of modules, and nothing else', async () => {
    await using fixture = await appFixture();
    const { app } = fixture;
    const config = await app.inject('/grub/grub.cfg');
    assert.match(config.body, /chainloader \(http,\$net_default_server\)\/install\/loader\/snponly\.efi/);
    for (const list of ['command', 'fs', 'crypto', 'terminal']) {
      const { body, statusCode } = await app.inject(`/grub/x86_64-efi/${list}.lst`);
      assert.deepEqual([statusCode, body], [200, '']);
    }
    for (const path of ['/install/loader/revocations_sku.efi', '/install/loader/shim_certificate_0.efi', '/install/loader/mmx64.efi'])
      assert.equal((await app.inject(path)).statusCode, 404, path);
  });

  it('gets its GRUB behind two slashes, as shim asks for it, and iPXE the script beside itself', async () => {
    await using fixture = await appFixture();
    for (const path of ['/install/loader//grubx64.efi', '//install/loader/shimx64.efi']) {
      const { body, statusCode } = await fixture.app.inject(path);
      assert.deepEqual([statusCode, body], [200, 'efi loader'], path);
    }
    for (const path of ['/autoexec.ipxe', '/install/loader/autoexec.ipxe'])
      assert.equal((await fixture.app.inject(path)).body, '#!ipxe\nautoboot\n');
  });

  it('gets a script of the machine, which counts once, although HEAD comes before GET', async () => {
    await using fixture = await appFixture();
    const { app, deps } = fixture;
    const head = await app.inject({ method: 'HEAD', url: SCRIPT });
    const token = deps.tokens.newest(MAC)?.token;
    const got = await app.inject(SCRIPT);
    assert.match(got.body, /^\s+if linux \(http,[^)]+\)\/install\/recon\//m);
    assert.equal(head.headers['content-length'], String(got.body.length));
    assert.equal(deps.tokens.newest(MAC)?.token, token, 'one question, one token');
    const scripts = deps.ledger.history(MAC).filter(({ stage }) => stage === 'script');
    assert.equal(scripts.length, 1);
    assert.deepEqual([scripts[0]?.facts?.secureBoot, scripts[0]?.facts?.memoryBytes], [true, 1024 ** 3]);
    const archive = `/nodes/${MAC}/token.cpio`;
    assert.equal(
      (await app.inject({ method: 'HEAD', url: archive })).headers['content-length'],
      `${(await app.inject(archive)).rawPayload.length}`,
    );
    await app.inject(SCRIPT);
    assert.equal(deps.ledger.history(MAC).filter(({ stage }) => stage === 'script').length, 2, 'a GET by itself is a question');
    assert.equal(deps.ledger.machine(MAC)?.facts?.secureBoot, true);
  });

  it('says the length of a file with capitals, to GRUB and the firmware alone', async () => {
    await using fixture = await appFixture();
    await fixture.app.listen({ host: '127.0.0.1', port: 0 });
    for (const agent of ['GRUB 2.12-9+deb13u4', 'UefiHttpBoot/1.0']) {
      const answer = await rawAnswer(fixture, SCRIPT, agent);
      assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
      assert.match(answer, /\r\nContent-Length: \d+\r\n/);
      assert.doesNotMatch(answer, /\r\ncontent-length/);
    }
    assert.match(await rawAnswer(fixture, '/install/recon/linux-13.0.1', 'GRUB 2.12'), /\r\nContent-Length: \d+\r\n/);
    assert.match(await rawAnswer(fixture, '/menu.ipxe', 'iPXE/1.21.1'), /\r\ncontent-length: \d+\r\n/);
  });
});

async function rawAnswer({ app }: AppFixture, path: string, agent: string): Promise<string> {
  const address = app.server.address();
  assert.ok(address !== null && typeof address === 'object');
  const socket = connect(address.port, '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: ${agent}\r\nConnection: close\r\n\r\n`);
  const parts: Buffer[] = [];
  for await (const part of socket) parts.push(part);
  return Buffer.concat(parts).toString('latin1');
}
