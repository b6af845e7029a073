import assert from 'node:assert/strict';
import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
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
  const server = createServer({ cert: tls.cert, key: tls.key }, echo(asked));
  await listening(t, server, { host: '127.0.0.1', port: 0 });
  return { asked, fingerprint: tls.fingerprint, port: (server.address() as AddressInfo).port };
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
  for (const named of [{}, { fingerprint: fingerprint.replace(/^../, fingerprint.startsWith('00') ? '11' : '00') }]) {
    const error = await httpExchange({ host: '127.0.0.1', port, ...named }, REQUEST).catch((one: unknown) => one);
    assert.ok(error instanceof UntrustedCertificate, String(error));
    assert.equal(error.fingerprint, fingerprint);
  }
  assert.deepEqual(asked, []);
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
