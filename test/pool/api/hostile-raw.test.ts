import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { HOST, poolRig } from './pool-rig.ts';

const REST = `host: ${HOST}\r\n`;
const POST = `POST /api/v1/assignments HTTP/1.1\r\n${REST}if-match: *\r\ncontent-type: application/json\r\n`;

/** What somebody sends byte for byte, and the status of the answer; 0: it hangs up. TOKEN becomes one of an administrator. */
const CASES: readonly [name: string, request: string, status: number][] = [
  ['no HTTP', 'hello\r\n\r\n', 400],
  ['no Host', 'GET /api/v1/pool HTTP/1.1\r\n\r\n', 400],
  ['two Hosts', `GET /api/v1/pool HTTP/1.1\r\n${REST}host: evil.example\r\nTOKEN\r\n`, 400],
  ['the same Host twice', `GET /api/v1/pool HTTP/1.1\r\n${REST}${REST}TOKEN\r\n`, 400],
  ['an old HTTP without a Host', 'GET /api/v1/pool HTTP/1.0\r\nTOKEN\r\n', 403],
  ['HTTP of another century', `GET /api/v1/pool HTTP/9.9\r\n${REST}\r\n`, 400],
  ['TLS where it is spoken already', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
  ['two lengths', `${POST}TOKENcontent-length: 2\r\ncontent-length: 3\r\n\r\n{}`, 400],
  ['length and chunks', `${POST}TOKENcontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`, 400],
  ['a length below nothing', `${POST}TOKENcontent-length: -1\r\n\r\n`, 400],
  ['a chunk that is no number', `${POST}TOKENtransfer-encoding: chunked\r\n\r\nzz\r\n`, 400],
  ['chunks of chunks', `${POST}TOKENtransfer-encoding: chunked, chunked\r\n\r\n0\r\n\r\n`, 400],
  ['a length beyond everything', `${POST}TOKENcontent-length: 99999999999\r\n\r\n{`, 413],
  ['a line feed in a header', `GET /api/v1/pool HTTP/1.1\r\n${REST}x: a\nb: c\r\n\r\n`, 400],
  ['a blank before the colon', `GET /api/v1/pool HTTP/1.1\r\nhost : ${HOST}\r\n\r\n`, 400],
  ['a path of 20,000 characters', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n${REST}\r\n`, 431],
  ['a header of 20,000 characters', `GET /api/v1/pool HTTP/1.1\r\n${REST}x: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ['a name of 1000 characters', `GET /api/v1/nodes/${'a'.repeat(1000)} HTTP/1.1\r\n${REST}TOKEN\r\n`, 414],
  ['a tunnel to elsewhere', `CONNECT evil.example:443 HTTP/1.1\r\n${REST}\r\n`, 0],
  ['a whole URL of another site', `GET http://evil.example/api/v1/pool HTTP/1.1\r\nhost: evil.example\r\nTOKEN\r\n`, 403],
  ['an upgrade', `GET /api/v1/events HTTP/1.1\r\n${REST}connection: upgrade\r\nupgrade: websocket\r\n\r\n`, 401],
  ['TRACE', `TRACE /api/v1/pool HTTP/1.1\r\n${REST}TOKEN\r\n`, 404],
  [
    'a second request behind a first that is refused',
    `GET /api/v1/pool HTTP/1.1\r\n${REST}\r\nGET /api/v1/pool HTTP/1.1\r\n${REST}TOKEN\r\n`,
    401,
  ],
  ['a token with a line feed', `GET /api/v1/pool HTTP/1.1\r\n${REST}authorization: Bearer x\ny\r\n\r\n`, 400],
  ['a page of another name with our cookie', `GET /api/v1/pool HTTP/1.1\r\nhost: evil.example\r\ncookie: __Host-recon=x\r\n\r\n`, 403],
];

test(`${CASES.length} requests byte for byte: each gets its answer, and nothing of the pool`, async (t) => {
  const { app, tokenOf, store, warnings } = await poolRig(t);
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const token = await tokenOf('admin');
  for (const [name, request, status] of CASES) {
    const answer = await send(
      Number(port),
      request.replaceAll('TOKEN', () => `authorization: Bearer ${token}\r\n`),
    );
    assert.equal(Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0), status, `${name}: ${answer.slice(0, 300)}`);
    assert.doesNotMatch(answer, /node-000| {4}at /, name);
  }
  assert.deepEqual([store.state().revision, warnings], [1, []]);
  assert.ok(CASES.length >= 25);
});

function send(port: number, request: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(request, 'latin1')));
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
