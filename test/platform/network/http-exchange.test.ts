import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, type Server, Socket } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { httpExchange, UntrustedCertificate } from '../../../src/platform/network/http-exchange.ts';
import { serverCertificate } from '../../../src/pool/public/server-certificate.ts';

const echo =
  (asked: string[]) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8');
    });
    request.on('end', () => {
      asked.push(`${request.method} ${request.url} ${request.headers['authorization'] ?? ''} ${body}`.trim());
      response.end(`host ${request.headers.host}`);
    });
  };

async function listening(t: TestContext, server: Server, at: { host: string; port: number } | { path: string }): Promise<void> {
  await new Promise<void>((resolve) => server.listen(at, resolve));
  t.after(() => server.close());
}

async function tlsRig(t: TestContext) {
  const directory = await temporaryDirectory('recon-exchange-');
  t.after(() => directory[Symbol.asyncDispose]());
  const tls = await serverCertificate(directory.path, { names: ['127.0.0.1'] });
  const asked: string[] = [];
  const names: unknown[] = [];
  const server = createServer({ cert: tls.cert, key: tls.key }, echo(asked));
  server.on('secureConnection', ({ servername }: TLSSocket) => names.push(servername));
  await listening(t, server, { host: '127.0.0.1', port: 0 });
  return { asked, names, fingerprint: tls.fingerprint, port: (server.address() as AddressInfo).port };
}
const REQUEST = { method: 'POST', path: '/x?y=1', headers: { authorization: 'Bearer secret' }, body: 'ä' };

test('over TLS: the certificate that is named, in any spelling of its fingerprint', async (t) => {
  const { asked, fingerprint, port } = await tlsRig(t);
  for (const spelling of [fingerprint, fingerprint.replaceAll(':', '').toLowerCase()]) {
    const { status, text } = await httpExchange({ host: '127.0.0.1', port, fingerprint: spelling }, REQUEST);
    assert.deepEqual([status, text], [200, `host 127.0.0.1:${port}`]);
  }
  assert.deepEqual(asked, ['POST /x?y=1 Bearer secret ä', 'POST /x?y=1 Bearer secret ä']);
});

test('another certificate, or one that nobody vouches for, is sent nothing; its fingerprint is told', async (t) => {
  const { asked, fingerprint, port } = await tlsRig(t);
  const other = fingerprint.replace(/^../, fingerprint.startsWith('00') ? '11' : '00');
  for (const [named, why] of [
    [{}, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    [{ fingerprint: other }, 'it is another certificate than the one that was named'],
  ] as const) {
    const error = await httpExchange({ host: '127.0.0.1', port, ...named }, REQUEST).catch((one: unknown) => one);
    assert.ok(error instanceof UntrustedCertificate, String(error));
    assert.deepEqual([error.fingerprint, error.message], [fingerprint, why]);
  }
  assert.deepEqual(asked, []);
});

test('a host is told the name that it was asked by, without the port that is usual and with an IPv6 address in brackets', async (t) => {
  const { names, fingerprint, port } = await tlsRig(t);
  const { connect } = Socket.prototype;
  // whatever host is asked, this machine answers
  t.mock.method(Socket.prototype, 'connect', function (this: Socket, asked: object, onConnect: () => void) {
    return Reflect.apply(connect, this, [{ ...asked, host: '127.0.0.1', port }, onConnect]);
  });
  const told: string[] = [];
  for (const [host, askedPort] of [
    ['head.example', 443],
    ['head.example', 8443],
    ['192.0.2.1', 443],
    ['2001:db8::1', 443],
    ['2001:db8::1', 8443],
  ] as const)
    told.push((await httpExchange({ host, port: askedPort, fingerprint }, REQUEST)).text);
  const hosts = ['head.example', 'head.example:8443', '192.0.2.1', '[2001:db8::1]', '[2001:db8::1]:8443'];
  assert.deepEqual(
    told,
    hosts.map((host) => `host ${host}`),
  );
  // RFC 6066, section 3: an address is no name
  assert.deepEqual(names, ['head.example', 'head.example', false, false, false]);
});

test('a request that cannot be sent leaves no connection behind', async (t) => {
  const { fingerprint, port } = await tlsRig(t);
  const opened: Socket[] = [];
  const note = (message: unknown): void => void opened.push((message as { socket: Socket }).socket);
  subscribe('net.client.socket', note);
  t.after(() => unsubscribe('net.client.socket', note));
  const asked = httpExchange({ host: '127.0.0.1', port, fingerprint }, { ...REQUEST, path: '/no path' });
  await assert.rejects(asked, { code: 'ERR_UNESCAPED_CHARACTERS' });
  assert.deepEqual(
    opened.map(({ destroyed }) => destroyed),
    [true],
  );
});

test('through a Unix socket; where nobody listens the error has its code', async (t) => {
  const directory = await temporaryDirectory('recon-exchange-');
  t.after(() => directory[Symbol.asyncDispose]());
  const [path, asked] = [join(directory.path, 's'), [] as string[]];
  await assert.rejects(httpExchange({ socketPath: path }, REQUEST), { code: 'ENOENT' });
  await listening(t, createPlain(echo(asked)), { path });
  assert.equal((await httpExchange({ socketPath: path }, { method: 'GET', path: '/', headers: {} })).text, 'host localhost');
  assert.deepEqual(asked, ['GET /']);
});
