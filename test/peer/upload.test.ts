import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Socket } from 'node:net';
import test from 'node:test';
import { CAPTURE_HEADER, REQUEST_DAMAGED, SHA256_HEADER, TOKEN_HEADER } from '../../src/domain/api.ts';
import { ReconError } from '../../src/domain/errors.ts';
import { NodeRecord } from '../../src/domain/record/node-record.ts';
import { answerClientError } from '../../src/master/http/answer-client-error.ts';
import type { Inventory } from '../../src/peer/inventory.ts';
import { upload } from '../../src/peer/upload.ts';
import { removePath } from '../../src/platform/files/directories.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { recordFor } from '../master/fixture-records.ts';
import { type FakeMaster, fakePeer, refusedConnection, type SeenRequest, TOKEN } from './fake-peer.ts';

const inventory: Inventory = { record: recordFor('S1'), capture: Buffer.from('capture'), commands: [] };
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const problem = (status: number, message: string, headers: Record<string, string> = {}): Response =>
  Response.json({ code: 'x', message }, { status, headers });

/** A master that stores what comes. */
const storing = ({ path, headers, body }: SeenRequest): Response => {
  if (path.endsWith('/capture')) return Response.json({ sha256: hash(body) });
  const captureSha256 = headers.get(CAPTURE_HEADER);
  return Response.json({
    recordSha256: hash(body),
    ...(captureSha256 === null ? {} : { captureSha256 }),
    revision: 1,
    storage: 'stick',
    masterSequence: 3,
  });
};

/** Answers these first, one per request, then stores. */
function first(...answers: ((request: SeenRequest) => Response)[]): FakeMaster {
  return (request) => (answers.shift() ?? storing)(request);
}

test('capture, then record, with token and hashes; the receipt is for these bytes', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const peer = await fakePeer(directory.path, storing);
  const receipt = await upload(inventory, peer);
  assert.deepEqual(
    peer.requests.map(({ method, path }) => `${method} ${path}`),
    ['PUT /nodes/52-54-00-aa-00-01/capture', 'PUT /nodes/52-54-00-aa-00-01/record'],
  );
  for (const { headers, body } of peer.requests) {
    assert.equal(headers.get(TOKEN_HEADER), TOKEN);
    assert.equal(headers.get(SHA256_HEADER), hash(body));
  }
  assert.equal(receipt.captureSha256, hash(Buffer.from('capture')));
  assert.deepEqual(peer.requests[1]?.body, Buffer.from(JSON.stringify(inventory.record)));
  assert.deepEqual(peer.waits, []);
});

test('everything that can be cured is tried again, and each wait is announced', async () => {
  const wrongReceipt = (): Response => Response.json({ recordSha256: 'f'.repeat(64), revision: 1, storage: 'stick', masterSequence: 1 });
  const cases: [answer: () => Response, said: RegExp][] = [
    [refusedConnection, /connection refused/],
    [() => problem(500, 'the master failed'), /the master failed/],
    [() => problem(503, 'the stick is full'), /the stick is full/],
    [() => problem(409, 'no capture was uploaded'), /no capture was uploaded/],
    [() => problem(408, 'too slow'), /too slow/],
    [() => problem(429, 'too many'), /too many/],
    [() => problem(422, 'other hash'), /other hash/],
    [() => new Response('<html>', { status: 502 }), /HTTP status 502/],
  ];
  for (const [answer, said] of cases) {
    await using directory = await temporaryDirectory('recon-test-');
    const peer = await fakePeer(directory.path, first(answer, answer, storing, answer));
    await upload(inventory, peer);
    assert.deepEqual(
      peer.requests.map(({ path }) => path.split('/').at(-1)),
      ['capture', 'capture', 'capture', 'record', 'capture', 'record'],
    );
    assert.equal(peer.waits.length, 3);
    const text = peer.lines.join(' ').replaceAll(/\s+/g, ' ');
    assert.match(text, said);
    assert.equal(text.match(/Next try in \d+ s\./g)?.length, 3, text);
  }
  await using directory = await temporaryDirectory('recon-test-');
  const peer = await fakePeer(directory.path, first(storing, wrongReceipt));
  const receipt = await upload(inventory, peer);
  assert.equal(receipt.recordSha256, hash(peer.requests.at(-1)?.body ?? Buffer.alloc(0)));
  assert.match(peer.lines.join(' ').replaceAll(/\s+/g, ' '), /the receipt says recordSha256 ffff/);
});

test('each wait is twice the one before, up to a minute; the next upload starts anew', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  let failures = 9;
  const peer = await fakePeer(directory.path, (request) => (failures-- > 0 ? refusedConnection() : storing(request)));
  const troubles: string[] = [];
  await upload(inventory, peer, (why) => void troubles.push(why));
  assert.deepEqual(peer.waits, [750, 1500, 3000, 6000, 12_000, 24_000, 45_000, 45_000, 45_000]);
  assert.deepEqual(
    troubles,
    peer.waits.map(() => 'the master does not answer (connection refused)'),
  );
  peer.waits.length = 0;
  failures = 2;
  await upload(inventory, peer);
  assert.deepEqual(peer.waits, [750, 1500]);
});

test('a receipt that does not name our capture is no receipt', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const without = ({ body }: SeenRequest): Response =>
    Response.json({ recordSha256: hash(body), revision: 1, storage: 'stick', masterSequence: 1 });
  const peer = await fakePeer(directory.path, first(without, without));
  await upload(inventory, peer);
  assert.equal(peer.waits.length, 1);
});

test('a capture that arrives damaged again and again is left out, and a record that does is sent on, with what may be failing', async () => {
  const damaged = (): Response => Response.json({ code: 'hash-mismatch', message: 'the body has sha256 a' }, { status: 422 });
  const times = (count: number) => Array.from({ length: count }, () => damaged);
  const captureUploads = async (...answers: ((request: SeenRequest) => Response)[]) => {
    await using directory = await temporaryDirectory('recon-test-');
    const peer = await fakePeer(directory.path, first(...answers));
    const troubles: string[] = [];
    const receipt = await upload(inventory, peer, (why) => troubles.push(why));
    return { receipt, peer, troubles, waits: peer.waits.length };
  };
  assert.notEqual((await captureUploads(...times(4))).receipt.captureSha256, undefined);
  // what comes between ends the row
  const other = () => problem(503, 'the stick is full');
  assert.notEqual((await captureUploads(...times(4), other, ...times(4))).receipt.captureSha256, undefined);
  const { receipt, peer, waits } = await captureUploads(...times(5));
  assert.deepEqual([receipt.captureSha256, waits], [undefined, 4]);
  const sent = NodeRecord.parse(JSON.parse(peer.requests.at(-1)?.body.toString('utf8') ?? ''));
  assert.match(sent.collectors.find(({ id }) => id === 'capture-upload')?.reason ?? '', /damaged 5 times in a row .*memory/);
  // captures arrive, and each record is damaged
  const record = await captureUploads(...Array.from({ length: 6 }, () => [storing, damaged]).flat());
  assert.deepEqual([record.waits, record.troubles[3]], [6, 'the body has sha256 a']);
  assert.match(record.troubles[4] ?? '', /^it arrived damaged 5 times in a row \(the body has sha256 a\); is the cable, the network card/);
  assert.notEqual(record.receipt.captureSha256, undefined);
});

test('Retry-After is waited for at least', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const peer = await fakePeer(
    directory.path,
    first(() => problem(503, 'full', { 'retry-after': '15' })),
  );
  await upload(inventory, peer);
  assert.ok((peer.waits[0] ?? 0) >= 15_000);
});

test('a capture that the master will not have is left out, and the record says so', async () => {
  for (const status of [413, 400]) {
    await using directory = await temporaryDirectory('recon-test-');
    const peer = await fakePeer(
      directory.path,
      first(() => problem(status, 'the body is larger than 5 bytes')),
    );
    const receipt = await upload(inventory, peer);
    assert.equal(receipt.captureSha256, undefined);
    const sent = NodeRecord.parse(JSON.parse(peer.requests.at(-1)?.body.toString('utf8') ?? ''));
    const row = sent.collectors.find(({ id }) => id === 'capture-upload');
    assert.equal(row?.status, 'failed');
    assert.match(row?.reason ?? '', /larger than 5 bytes/);
    assert.equal(peer.requests.at(-1)?.headers.get(CAPTURE_HEADER), null);
  }
});

test('what no further try can cure ends with a name, a reason and advice', async () => {
  const cases: [status: number, code: string, onRecord: boolean][] = [
    [403, 'record-kept', false],
    [403, 'record-kept', true],
    [400, 'upload-refused', true],
    [404, 'upload-refused', true],
    [413, 'body-too-large', true],
  ];
  for (const [status, code, onRecord] of cases) {
    await using directory = await temporaryDirectory('recon-test-');
    const refuse = (): Response => Response.json({ code, message: 'not so' }, { status });
    const peer = await fakePeer(directory.path, onRecord ? first(storing, refuse) : first(refuse));
    await assert.rejects(upload(inventory, peer), (error) => {
      assert.ok(error instanceof ReconError);
      assert.equal(error.code, code);
      assert.match(error.message, /not so/);
      assert.match(error.hint ?? '', /Boot the machine from the network again/);
      return true;
    });
    assert.deepEqual(peer.waits, []);
  }
});

/** A master that was switched off and on: it knows no token but the one that it gives now, after so many refusals. */
function forgetful(refusals: number): FakeMaster {
  return (request) => {
    if (request.path.endsWith('/token')) {
      refusals -= 1;
      return refusals >= 0 ? problem(403, 'your address is leased to another machine') : new Response(NEW_TOKEN);
    }
    if (request.headers.get(TOKEN_HEADER) === NEW_TOKEN) return storing(request);
    return Response.json({ code: 'token-wrong', message: 'the token is not the one' }, { status: 403 });
  };
}
const NEW_TOKEN = 'cd'.repeat(32);

test('a token that the master has forgotten, or that is missing, is asked for anew, and the record arrives', async () => {
  for (const isMissing of [false, true]) {
    await using directory = await temporaryDirectory('recon-test-');
    const peer = await fakePeer(directory.path, forgetful(0));
    if (isMissing) await removePath(peer.tokenFile);
    await upload(inventory, peer);
    assert.deepEqual(
      peer.requests.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`),
      ['PUT capture', 'POST token', 'PUT capture', 'PUT record'],
    );
    assert.equal(await readFile(peer.tokenFile, 'utf8'), NEW_TOKEN);
    assert.equal((await stat(peer.tokenFile)).mode & 0o777, 0o600);
    assert.deepEqual(peer.waits, []);
    assert.equal(peer.lines.join(' ').includes('there is no token in'), isMissing);
  }
});

test('while the master gives no new token, or does not take it, the machine waits and asks again', async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const peer = await fakePeer(directory.path, forgetful(3));
  await upload(inventory, peer);
  assert.deepEqual(peer.waits, [750, 1500, 3000]);
  let answers = 12;
  const stubborn = await fakePeer(directory.path, (request) => {
    answers -= 1;
    if (answers < 0) return storing(request);
    return request.path.endsWith('/token') ? new Response(NEW_TOKEN) : problem(403, 'not this one either');
  });
  await upload(inventory, stubborn);
  assert.deepEqual(stubborn.waits, [1500, 6000, 24_000, 45_000], 'each second refusal waits');
});

test("what the master's parser could not read was damaged on its way: it is sent again", async () => {
  await using directory = await temporaryDirectory('recon-test-');
  const answers: string[] = [];
  answerClientError(Object.assign(new Error('x'), { code: 'HPE_INVALID_METHOD' }), {
    destroyed: false,
    writable: true,
    write: (text: string) => answers.push(text) > 0,
    destroySoon: () => {},
  } as unknown as Socket);
  const [head = '', body = ''] = (answers[0] ?? '').split('\r\n\r\n');
  assert.match(head, /^HTTP\/1\.1 400 /);
  assert.equal(JSON.parse(body).code, REQUEST_DAMAGED);
  const peer = await fakePeer(
    directory.path,
    first(
      () => new Response(body, { status: 400 }),
      storing,
      () => new Response(body, { status: 431 }),
    ),
  );
  assert.equal((await upload(inventory, peer)).revision, 1);
  assert.equal(peer.requests.length, 5);
});
