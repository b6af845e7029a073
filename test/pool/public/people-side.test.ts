import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from 'node:tls';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { run } from '../../../src/platform/process/command.ts';
import { eventHub } from '../../../src/pool/api/parts/event-hub.ts';
import { auditLog } from '../../../src/pool/audit/audit-log.ts';
import { openBootBook } from '../../../src/pool/history/boot-book.ts';
import type { PeopleSideOptions } from '../../../src/pool/public/people-side.ts';
import { startPeopleSide } from '../../../src/pool/public/people-side.ts';
import { serverCertificate } from '../../../src/pool/public/server-certificate.ts';
import { openPoolStore } from '../../../src/pool/store/pool-store.ts';

async function startedSide(t: TestContext, more: Partial<PeopleSideOptions> = {}) {
  const directory = await temporaryDirectory('recon-people-');
  t.after(() => directory[Symbol.asyncDispose]());
  const root = directory.path;
  for (const folder of ['pool', 'images', 'state']) await mkdir(join(root, folder));
  await writeFile(join(root, 'pool/nodes.yaml'), "node-000: { macs: ['52:54:00:66:00:01'] }\n");
  const said: string[] = [];
  const now = (): Date => new Date();
  // any free port: of a listener that is asked for port 0 nobody knows the URL, so the test asks the kernel first
  const port = Number((await run([process.execPath, '-e', FREE_PORT], { timeoutMs: 30_000 })).stdout.toString());
  const side = await startPeopleSide(
    {
      ...{ listen: { port }, names: [], socketPath: join(root, 'run/head.sock'), usersFile: join(root, 'users.yaml'), version: '1' },
      ...more,
    },
    {
      store: await openPoolStore(join(root, 'pool'), { stateDirectory: join(root, 'state'), now }),
      book: openBootBook({ all: () => [], put: () => {}, remove: () => {} }),
      kernelMessages: { of: async () => undefined },
      audit: auditLog(join(root, 'state/audit.jsonl'), { now }),
      ...{ events: eventHub(), imagesDirectory: join(root, 'images'), stateDirectory: join(root, 'state') },
      machinesSide: { interface: 'none', subnet: '127.9.0.0/16', address: '127.9.0.1' },
      log: { info: (line) => said.push(line), warn: (line) => said.push(line), debug: () => {} },
    },
  );
  t.after(() => side.close());
  const curl = async (...words: string[]): Promise<string> =>
    (await run(['curl', '-sSk', '-m', '20', ...words], { timeoutMs: 60_000 })).stdout.toString('utf8');
  return { root, port, said, side, curl };
}
const FREE_PORT =
  "const s = require('node:net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close(); })";

test('people are served over HTTPS, and nobody is let in by being on this machine', async (t) => {
  const { port, curl } = await startedSide(t);
  assert.equal(await curl(`https://127.0.0.1:${port}/api/v1/session`), '{}');
  assert.match(await curl(`https://127.0.0.1:${port}/api/v1/pool`), /login-needed/);
});

test('at an address of the private side, and to machines there, nobody answers', async (t) => {
  const { port, curl } = await startedSide(t);
  const bytes = async (from: string, at: string): Promise<string> =>
    (await curl('--interface', from, `https://${at}:${port}/api/v1/session`)) === '' ? 'nothing' : 'an answer';
  assert.equal(await bytes('127.0.0.1', '127.0.0.1'), 'an answer');
  assert.equal(await bytes('127.0.0.1', '127.9.0.1'), 'nothing');
  assert.equal(await bytes('127.9.0.7', '127.0.0.1'), 'nothing');
});

test('whoever may open the socket is the administrator, and only its owner may', async (t) => {
  const { root, curl } = await startedSide(t);
  const path = join(root, 'run/head.sock');
  assert.match(await curl('--unix-socket', path, 'http://head/api/v1/tokens'), /^\[\]$/);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
});

test('what an earlier head left of its socket is replaced; one that is in use is not', async (t) => {
  const { root } = await startedSide(t);
  const path = join(root, 'run/head.sock');
  await assert.rejects(startedSide(t, { socketPath: path }), { code: 'busy' });
  const left = join(root, 'left.sock');
  await writeFile(left, '');
  await startedSide(t, { socketPath: left });
  assert.ok((await stat(left)).isSocket());
});

test('the link of the first user works once; then there is none any more', async (t) => {
  const { root, port, said, curl } = await startedSide(t);
  const [, link = ''] = /#setup=(\S+)/.exec(said.join('\n')) ?? [];
  const setUp = (): Promise<string> =>
    curl(
      '-H',
      'content-type: application/json',
      '-d',
      JSON.stringify({ link, password: 'four words in a row' }),
      `https://127.0.0.1:${port}/api/v1/setup`,
    );
  assert.match(await setUp(), /"name":"admin","role":"admin"/);
  assert.match(await setUp(), /login-wrong/);
  const again = await startedSide(t, { usersFile: join(root, 'users.yaml') });
  assert.ok(!again.said.join('\n').includes('#setup='), again.said.join('\n'));
});

test('commands on this machine find URL and fingerprint; the log says them', async (t) => {
  const { root, said, side } = await startedSide(t, { names: ['head.example'] });
  const written = JSON.parse(await readFile(join(root, 'state/people-side.json'), 'utf8'));
  assert.equal(written.url, side.url);
  assert.match(written.url, /^https:\/\/head\.example:\d+\/$/);
  assert.match(said.join('\n'), new RegExp(written.fingerprint));
});

test('a certificate of the administrator: its name is one of the head, and another pair is served without a restart', async (t) => {
  const directory = await temporaryDirectory('recon-tls-');
  t.after(() => directory[Symbol.asyncDispose]());
  const [first, second] = [
    await serverCertificate(join(directory.path, 'first'), { names: ['pool.example.org'] }),
    await serverCertificate(join(directory.path, 'second'), { names: ['pool.example.org'] }),
  ];
  const certificate = { certificate: join(directory.path, 'certificate.pem'), key: join(directory.path, 'key.pem') };
  const put = async ({ cert, key }: typeof first): Promise<void> => {
    await writeFile(certificate.certificate, cert);
    await writeFile(certificate.key, key);
  };
  await put(first);
  const { root, port, side, curl } = await startedSide(t, { certificate, certificateEveryMs: 20 });
  assert.equal(side.url, `https://pool.example.org:${port}/`);
  const asked = (): Promise<string> =>
    curl('--resolve', `pool.example.org:${port}:127.0.0.1`, `https://pool.example.org:${port}/api/v1/session`);
  assert.equal(await asked(), '{}');
  assert.equal(await seenFingerprint(port), first.fingerprint);
  await put(second);
  while ((await seenFingerprint(port)) !== second.fingerprint) await delay(20);
  assert.equal(await asked(), '{}');
  const written = async (): Promise<string> => JSON.parse(await readFile(join(root, 'state/people-side.json'), 'utf8')).fingerprint;
  while ((await written()) !== second.fingerprint) await delay(20);
});

async function seenFingerprint(port: number): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}

test('an address of the private side is refused as the one to listen on', async (t) => {
  await assert.rejects(startedSide(t, { listen: { address: '127.9.0.3', port: 443 } }), { code: 'usage' });
});

test('none: the socket alone', async (t) => {
  const { root, said, side, curl } = await startedSide(t, { listen: undefined });
  assert.deepEqual([side.url, said], [undefined, []]);
  assert.match(await curl('--unix-socket', join(root, 'run/head.sock'), 'http://head/api/v1/pool'), /"nodes":1/);
});
