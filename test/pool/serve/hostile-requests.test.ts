import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { TOKEN_HEADER } from '../../../src/domain/api.ts';
import { poolRoutes, UNANSWERED } from '../../../src/pool/api/pool-routes.ts';
import { machinesFixture, NODE, STRANGER } from './machines-fixture.ts';

const HOST = { host: '127.0.0.1' };
type Headers = Record<string, string>;

/** What somebody sends, and the status of the answer; 0: it hangs up. */
const CASES: readonly [name: string, request: string, status: number][] = [
  ...[
    ...['/images/..%2f..%2fsecrets/all/etc/secret', '/images/compute-debian-13/3/..%2f..%2f..%2fsecrets', '/images/%2e%2e/1/secret'],
    ...['/images/compute-debian-13/3/%00', '/images/compute-debian-13/../../secret', '/images/compute-debian-13/-1/kernel'],
    ...['/images/compute-debian-13/99999999999999999999/kernel', '/images/__proto__/1/kernel', '/images/compute-debian-13/3/__proto__'],
    ...[
      '/profiles/suse/../../secrets/all/etc/secret',
      '/profiles/suse/..%2f..%2fsecrets%2fall%2fetc%2fsecret',
      '/profiles/suse/all/etc/motd',
    ],
    ...[
      '/profiles/compute/all/etc/motd',
      '/profiles/__proto__/x',
      '/install/loader/..%2fsecret',
      '/files/all/etc/motd',
      '/secrets/all/etc/secret',
    ],
    ...['/boot/not-a-mac', '/boot/52:54:00:66:00', '/boot/..%2f..%2fetc%2fpasswd', '/nodes/%00/boot.ipxe', '/pool.sqlite', '//etc/passwd'],
    ...['/api/v1/pool', '/api/v1/nodes', '/metrics', '/control/seal', '/'],
  ].map((path): [string, string, number] => [`GET ${path}`, line('GET', path), 404]),
  ...(['PUT', 'DELETE', 'PATCH', 'POST'] as const).flatMap((method): [string, string, number][] => [
    [`${method} an image`, line(method, '/images/compute-debian-13/3/kernel', { 'content-length': '1' }, 'x'), 404],
    [`${method} the API, by a name of the other side`, line(method, '/api/v1/nodes', { host: 'bang', 'content-length': '1' }, 'x'), 404],
  ]),
  ["another site's name", line('GET', '/menu.ipxe', { host: 'evil.example' }), 403],
  ['a page of somebody in a browser', line('GET', `/boot/${NODE.mac}`, { origin: 'http://evil.example' }), 403],
  ['a browser', line('GET', `/boot/${NODE.mac}`, { 'user-agent': 'Mozilla/5.0' }), 403],
  ['a token archive before the script', line('GET', '/nodes/52-54-00-66-00-77/token.cpio'), 404],
  ['files without a token', line('GET', `${NODE.path}/config.tar`), 403],
  ['files with a token that is a path', line('GET', `${NODE.path}/config.tar`, { [TOKEN_HEADER]: '../../etc/passwd' }), 403],
  ['files with a made-up token', line('GET', `${NODE.path}/config.tar`, { [TOKEN_HEADER]: 'ab'.repeat(32) }), 403],
  ['files of a machine that is no node', line('GET', '/nodes/52-54-00-66-00-77/config.tar', { [TOKEN_HEADER]: 'ab'.repeat(32) }), 403],
  ['up without a token', line('POST', `${NODE.path}/up`, json('{}'), '{}'), 403],
  ['alive with a made-up token', line('POST', `${NODE.path}/alive`, { ...json('{}'), [TOKEN_HEADER]: 'cd'.repeat(32) }, '{}'), 403],
  [
    'a report of 100 KB',
    line('POST', `${NODE.path}/up`, { 'content-type': 'application/json', 'content-length': '100000' }, 'x'.repeat(100_000)),
    413,
  ],
  ['progress without a token', line('POST', `${NODE.path}/progress`, json('{"stage":"config"}'), '{"stage":"config"}'), 403],
  ['progress of a machine that is not there', line('POST', '/nodes/..%2f..%2fx/progress', json('{}'), '{}'), 404],
  [
    'progress of 100 KB',
    line('POST', `${NODE.path}/progress`, { 'content-type': 'application/json', 'content-length': '100000' }, 'x'.repeat(100_000)),
    403,
  ],
  ["a kernel's messages without a token", line('POST', `${NODE.path}/dmesg`, { ...octets(4) }, 'evil'), 403],
  ["a kernel's messages to a path", line('POST', '/nodes/..%2f..%2fetc%2fcron.d%2fx/dmesg', { ...octets(4) }, 'evil'), 404],
  ["a kernel's messages by a browser", line('POST', `${NODE.path}/dmesg`, { ...octets(4), origin: 'http://evil.example' }, 'evil'), 403],
  ["a kernel's messages are given to nobody here", line('GET', `${NODE.path}/dmesg`), 404],
  ['a report that is no JSON', line('POST', `${NODE.path}/up`, json('{{'), '{{'), 400],
  ['a report as a form', line('POST', `${NODE.path}/up`, { 'content-type': 'multipart/form-data', 'content-length': '1' }, 'x'), 400],
  ['a path of 20,000 characters', line('GET', `/${'a'.repeat(20_000)}`), 431],
  ['a MAC address of 1000 characters', line('GET', `/boot/${'a'.repeat(1000)}`), 414],
  ['a path that is not percent-encoding', line('GET', '/%ff%fe%zz'), 400],
  ['no HTTP', 'hello\r\n\r\n', 400],
  ['two lengths', `POST ${NODE.path}/up HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}`, 400],
  [
    'length and chunks',
    `POST ${NODE.path}/up HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`,
    400,
  ],
  ['no Host', `GET /menu.ipxe HTTP/1.1\r\n\r\n`, 400],
  ['headers that never end', `GET /menu.ipxe HTTP/1.1\r\nhost: 127.0.0.1\r\nx: `, 408],
  ['a body that never comes', line('POST', `${NODE.path}/up`, { 'content-type': 'application/json', 'content-length': '10' }, '{'), 408],
  ...['evil.example', 'bang.evil.example', 'evil@127.0.0.1', '127.0.0.1.evil.example', '[::1', 'head.test', ' ', 'bang bang'].map(
    (host): [string, string, number] => [`the Host "${host}"`, line('GET', `/boot/${NODE.mac}`, { host }), 403],
  ),
  ...['/menu.gpxe', '/images/compute-debian-13/3/kernel', '/profiles/suse/suse/linux', '/install/loader/undionly.kpxe'].map(
    (path): [string, string, number] => [`${path} by another site's name`, line('GET', path, { host: 'evil.example' }), 403],
  ),
  ['two Hosts', `GET /menu.ipxe HTTP/1.1\r\nhost: 127.0.0.1\r\nhost: evil.example\r\n\r\n`, 400],
  ['a whole URL of another site as the path', line('GET', 'http://evil.example/api/v1/pool'), 403],
  ['a whole URL of the API as the path', line('GET', 'http://127.0.0.1/api/v1/pool'), 404],
  ['a tunnel to the other side', line('CONNECT', '127.0.0.1:443'), 0],
  ['an upgrade to the other side', line('GET', '/api/v1/events', { connection: 'upgrade', upgrade: 'websocket' }), 404],
  ['a token of people', line('GET', '/api/v1/pool', { authorization: `Bearer recon_00000000_${'A'.repeat(43)}` }), 404],
  ['a session of people', line('POST', '/api/v1/session', { ...json('{}'), cookie: '__Host-recon=x' }, '{}'), 404],
  ['a proxy that says that it asks for another machine', line('GET', '/boot/52-54-00-66-00-03', { 'x-forwarded-for': '10.10.0.11' }), 200],
  ['a method by header', line('GET', `${NODE.path}/up`, { 'x-http-method-override': 'POST' }), 404],
  ['a line feed in a header', `GET /menu.ipxe HTTP/1.1\r\nhost: 127.0.0.1\r\nx: a\nb: c\r\n\r\n`, 400],
  ['a blank before the colon', `GET /menu.ipxe HTTP/1.1\r\nhost : 127.0.0.1\r\n\r\n`, 400],
  ['a length that is no number', `POST ${NODE.path}/up HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: -1\r\n\r\n`, 400],
  ['a chunk that is no number', `POST ${NODE.path}/up HTTP/1.1\r\nhost: 127.0.0.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`, 400],
  ['HTTP of another century', 'GET /menu.ipxe HTTP/9.9\r\nhost: 127.0.0.1\r\n\r\n', 400],
  ['a choice that nobody offers', line('GET', `/boot/${NODE.mac}?want=failsafe`), 403],
  ['a choice that is a path', line('GET', `/boot/${NODE.mac}?want=..%2f..%2fetc`), 403],
  ['a choice of a prototype', line('GET', `/boot/${NODE.mac}?want=__proto__`), 403],
  ['two tokens', line('GET', `${NODE.path}/config.tar`, { [TOKEN_HEADER]: `${'ab'.repeat(32)}, ${'cd'.repeat(32)}` }), 403],
  ['a token in the query', line('GET', `${NODE.path}/config.tar?token=${'ab'.repeat(32)}`), 403],
  ['files with the token of a path of dots', line('GET', '/nodes/52-54-00-66-00-01/../52-54-00-66-00-03/config.tar'), 404],
  ['a report of a prototype', line('POST', `${NODE.path}/progress`, json('{"__proto__":1}'), '{"__proto__":1}'), 403],
  ['a range that ends before it begins', line('GET', '/images/compute-debian-13/3/kernel', { range: 'bytes=5-1' }), 200],
  ['a range of many parts', line('GET', '/images/compute-debian-13/3/kernel', { range: `bytes=${'0-0,'.repeat(500)}1-1` }), 200],
  ['a range beyond numbers', line('GET', '/images/compute-debian-13/3/kernel', { range: 'bytes=99999999999999-' }), 416],
];

/** Those of the first day were 60; what is asked of either listener of a head is at least 40 beside uploads. */
const LEAST_CASES = 100;

test('the cases are so many, and each is another one', () => {
  assert.ok(CASES.length >= LEAST_CASES, `${CASES.length} cases`);
  assert.equal(new Set(CASES.map(([, request]) => request)).size, CASES.length);
});

test(`${CASES.length} hostile requests: each gets its answer, and nothing secret`, async () => {
  await using head = await machinesFixture();
  const { port } = new URL(await head.app.listen({ host: '127.0.0.1', port: 0 }));
  for (const [name, request, status] of CASES) {
    const answer = await send(Number(port), request);
    assert.equal(Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0), status, `${name}: ${answer.slice(0, 300)}`);
    assert.doesNotMatch(answer, /only for the eyes|not in the manifest| {4}at /, name);
  }
  assert.deepEqual([head.alarms, head.over], [[], []]);
  assert.equal((await head.ask(`/boot/${NODE.mac}`)).status, 200);
});

test('no route of people is here, whatever the Host header says: not one of the API, not the page', async () => {
  await using head = await machinesFixture();
  const routes = [...poolRoutes({} as never), ...UNANSWERED].map(({ method, path }) => [method, `/api/v1${path}`] as const);
  const hosts = ['127.0.0.1', 'localhost', 'bang', 'bang.recon.lan', 'head.test', '10.10.0.1', 'evil.example', ''];
  let asked = 0;
  for (const [method, path] of [...routes, ['GET', '/'] as const])
    for (const host of hosts) {
      const url = path.replaceAll(/\{\w+\}/g, 'node-000');
      const { statusCode, body } = await head.app.inject({ method, url, remoteAddress: '127.0.0.1', headers: { host } });
      assert.ok([403, 404].includes(statusCode), `${method} ${path} for ${host}: ${statusCode}`);
      assert.doesNotMatch(body, /node-001|"revision"/);
      asked += 1;
    }
  assert.ok(asked >= 300, `${asked} were asked`);
});

test('these are all its routes: what is added here is thought over', async () => {
  await using head = await machinesFixture();
  const routes = head.app.printRoutes({ commonPrefix: false }).matchAll(/── (\S+) \(([A-Z, ]+)\)/g);
  const own = [...routes].flatMap(([, path = '', methods = '']) => methods.split(', ').map((method) => `${method} ${path}`));
  assert.deepEqual(
    own.filter((route) => !/^(GET|HEAD) /.test(route)).sort(),
    ['alive', 'dmesg', 'progress', 'up'].map((sign) => `POST /nodes/:mac/${sign}`),
  );
});

test('nobody asks in the name of another machine', async () => {
  await using head = await machinesFixture();
  const from = '10.10.0.11';
  for (const path of ['/boot.ipxe', '/token.cpio', '/config.tar'])
    assert.equal((await head.ask(`${NODE.path}${path}`, { from })).status, 403, path);
  assert.equal((await head.ask(`/boot/${STRANGER.mac}`, { from: NODE.address })).status, 403);
});

test('who asks for scripts without end is told to wait, and the others are not', async () => {
  await using head = await machinesFixture();
  const from = STRANGER.address;
  const statuses = [];
  for (let time = 0; time < 20; time += 1) statuses.push((await head.ask(`/boot/5254006601${10 + time}`, { from })).status);
  assert.deepEqual([statuses.slice(0, 16), statuses.at(-1)], [Array.from({ length: 16 }, () => 200), 503]);
  assert.equal((await head.ask(`/boot/${NODE.mac}`)).status, 200);
});

test('what a machine says of itself becomes no line of a script', async () => {
  await using head = await machinesFixture();
  const query = '?serial=%0ashell&manufacturer=%0achain%20http://evil/&uuid=%00&product=$%7Bnet0/mac%7D&want=%0areboot';
  const { status, body } = await head.ask(`/boot/${STRANGER.mac}${query.replace(/&want.*/, '')}`, { from: STRANGER.address });
  assert.deepEqual([status, /evil|shell|net0/.test(body)], [200, false]);
  assert.equal((await head.ask(`/boot/${STRANGER.mac}${query}`, { from: STRANGER.address })).status, 403);
});

test('a link in files/ leads nowhere', async () => {
  await using head = await machinesFixture();
  await mkdir(join(head.root, 'files/suse'), { recursive: true });
  await writeFile(join(head.root, 'outside'), 'only for the eyes of the head');
  await symlink('../../outside', join(head.root, 'files/suse/initrd'));
  await symlink('../../../../outside', join(head.root, 'files/all/etc/link'));
  head.setPool({ 'profiles/suse.yaml': 'kind: linux\nkernel: suse/linux\ninitrd: [suse/initrd]\n' });
  assert.equal((await head.ask('/profiles/suse/suse/initrd')).status, 404);
});

function octets(length: number): Headers {
  return { 'content-type': 'application/octet-stream', 'content-length': String(length) };
}

function json(body: string): Headers {
  return { 'content-type': 'application/json', 'content-length': String(body.length) };
}

function line(method: string, path: string, headers: Headers = {}, body = ''): string {
  const all = { ...HOST, 'user-agent': 'iPXE/1.21', ...headers };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n${body}`;
}

function send(port: number, request: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    const finish = (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('data', (bytes) => {
      answer += bytes.toString('latin1');
      if (answer.includes('\r\n\r\n')) finish();
    });
    socket.on('error', finish);
    socket.on('close', finish);
  });
}
