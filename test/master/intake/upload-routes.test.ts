import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { it } from 'node:test';
import { CAPTURE_HEADER, LIMITS, SHA256_HEADER, TOKEN_HEADER } from '../../../src/domain/api.ts';
import { PARTIAL_BYTES } from '../../../src/records/partial-records.ts';
import { appFixture } from '../app-fixture.ts';
import { captureOf, recordFor, sha256Of } from '../fixture-records.ts';

const MAC = '52:54:00:00:00:01';
const PATH = '/nodes/52-54-00-00-00-01';
const CAPTURE = captureOf({ 'raw/a.out': 'a' });
const RECORD = JSON.stringify(recordFor('A'));

/** The application, and a machine that booted and has its token. */
async function booted() {
  const fixture = await appFixture();
  await fixture.deps.leases.add(MAC, '127.0.0.1');
  const token = await fixture.deps.tokens.mint(MAC, '127.0.0.1', true);
  const put = (what: 'capture' | 'record', payload: string | Buffer, headers: Record<string, string> = {}) =>
    fixture.app.inject({
      method: 'PUT',
      url: `${PATH}/${what}`,
      headers: { [TOKEN_HEADER]: token, [SHA256_HEADER]: sha256Of(payload), 'content-type': 'application/json', ...headers },
      payload,
    });
  const report = (payload: string | Readable) =>
    fixture.app.inject({ method: 'POST', url: `${PATH}/progress`, headers: { [TOKEN_HEADER]: token }, payload });
  return { ...fixture, token, put, report, [Symbol.asyncDispose]: () => fixture[Symbol.asyncDispose]() };
}

it('takes capture and record of a machine, the same ones again, and no others', async () => {
  await using machine = await booted();
  const captureHeader = { [CAPTURE_HEADER]: sha256Of(CAPTURE) };
  assert.deepEqual((await machine.put('capture', CAPTURE)).json(), { sha256: sha256Of(CAPTURE), sizeBytes: CAPTURE.length });
  const receipt = await machine.put('record', RECORD, captureHeader);
  assert.deepEqual([receipt.statusCode, receipt.json().captureSha256], [200, sha256Of(CAPTURE)]);
  const noted = machine.deps.ledger.history(MAC).at(-1);
  assert.deepEqual([noted?.stage, noted?.detail, noted?.address], ['receipt', 'revision 1', '127.0.0.1']);
  assert.equal((await machine.put('capture', CAPTURE)).statusCode, 200, 'the answer was lost: it sends both again');
  assert.equal((await machine.put('record', RECORD, captureHeader)).body, receipt.body);
  for (const refused of [
    await machine.put('capture', captureOf({ 'raw/a.out': 'b' })),
    await machine.put('record', RECORD),
    await machine.put('record', JSON.stringify(recordFor('B')), captureHeader),
  ]) {
    assert.deepEqual([refused.statusCode, refused.json().code], [403, 'token-wrong']);
    assert.match(refused.json().message, /has brought a record already/);
  }
});

it('asks for a damaged capture again, and says of one that was never sound that it is not', async () => {
  await using machine = await booted();
  const whole = captureOf({ 'raw/a.out': randomBytes(50_000) });
  for (const at of [0, 12, 25_000, whole.length - 5]) {
    const damaged = Buffer.from(whole);
    damaged.writeUInt8(damaged.readUInt8(at) ^ 0xff, at);
    const answer = await machine.put('capture', damaged, { [SHA256_HEADER]: sha256Of(whole) });
    assert.deepEqual([answer.statusCode, answer.json().code], [422, 'hash-mismatch'], `byte ${at}`);
    assert.equal((await machine.put('capture', damaged)).json().code, 'body-malformed', `byte ${at}`);
  }
  const cut = whole.subarray(0, -9);
  assert.equal((await machine.put('capture', cut, { [SHA256_HEADER]: sha256Of(whole) })).json().code, 'hash-mismatch');
  assert.equal((await machine.put('capture', whole)).statusCode, 200);
});

it('says why it does not take an upload', async () => {
  await using machine = await booted();
  const codeOf = async (headers: Record<string, string>) => (await machine.put('record', RECORD, headers)).json().code;
  assert.equal(await codeOf({ [SHA256_HEADER]: sha256Of('other') }), 'hash-mismatch');
  assert.equal(await codeOf({ [SHA256_HEADER]: 'x'.repeat(64) }), 'body-malformed');
  assert.equal(await codeOf({ [CAPTURE_HEADER]: sha256Of('never sent') }), 'attachment-missing');
  const missing = await machine.app.inject({
    method: 'PUT',
    url: `${PATH}/record`,
    headers: { [TOKEN_HEADER]: machine.token },
    payload: RECORD,
  });
  assert.equal(missing.json().code, 'body-malformed');
  const stranger = await machine.put('record', RECORD, { [TOKEN_HEADER]: 'f'.repeat(64) });
  assert.match(stranger.json().message, /not the one that this machine got/);
  const elsewhere = await machine.app.inject({
    method: 'PUT',
    url: `${PATH}/record`,
    remoteAddress: '10.77.1.9',
    headers: { [TOKEN_HEADER]: machine.token, [SHA256_HEADER]: sha256Of(RECORD) },
    payload: RECORD,
  });
  assert.match(elsewhere.json().message, /not given to 10\.77\.1\.9/);
});

it('reads a hash in capitals, and an IPv4 address that is written as IPv6', async () => {
  await using machine = await booted();
  const answer = await machine.app.inject({
    method: 'PUT',
    url: `${PATH}/record`,
    remoteAddress: '::ffff:127.0.0.1',
    headers: { [TOKEN_HEADER]: machine.token, [SHA256_HEADER]: sha256Of(RECORD).toUpperCase() },
    payload: RECORD,
  });
  assert.equal(answer.statusCode, 200, answer.body);
});

it('refuses what says that it is too large before it comes', async () => {
  await using machine = await booted();
  const chunks = Readable.from([RECORD]);
  const answer = await machine.app.inject({
    method: 'PUT',
    url: `${PATH}/record`,
    headers: {
      [TOKEN_HEADER]: machine.token,
      [SHA256_HEADER]: sha256Of(RECORD),
      'content-length': String(LIMITS.recordBytes + 1),
    },
    payload: chunks,
  });
  assert.equal(answer.json().code, 'body-too-large');
});

it('takes a report in pieces, and says why it does not take one', async () => {
  await using machine = await booted();
  assert.equal((await machine.report(inPieces('{"stage":"col', 'lect","detail":"dmid', 'ecode"}'))).statusCode, 204);
  assert.equal(machine.deps.ledger.machine(MAC)?.detail, 'dmidecode');
  const refused: [payload: string, why: RegExp][] = [
    ['{"stage":', /not JSON/],
    ['{"stage":"none"}', /not a progress report: ./],
    ['{"stage":"kernel"}', /does not report the stage kernel/],
    ['{"stage":"receipt"}', /does not report the stage receipt/],
  ];
  for (const [payload, why] of refused) {
    const { code, message } = (await machine.report(payload)).json();
    assert.equal(code, 'body-malformed');
    assert.match(message, why);
  }
});

it('reads on when it gives up on a body, so that a machine that is still sending reads the answer', { timeout: 60_000 }, async () => {
  await using machine = await booted();
  const base = await machine.app.listen({ host: '127.0.0.1', port: 0 });
  const sent = request(`${base}${PATH}/progress`, { method: 'POST', headers: { [TOKEN_HEADER]: machine.token } });
  const answered = once(sent, 'response');
  sent.write('x'.repeat(LIMITS.progressBytes + 1));
  const [answer] = await answered;
  assert.equal(answer.statusCode, 413);
  answer.resume();
  // more than the system holds back for a reader that does not come
  sent.end(Buffer.alloc(32 * 1024 * 1024));
  await once(sent, 'finish');
  sent.destroy();
});

it('takes the first facts of a machine, and not too many of them', async () => {
  await using machine = await booted();
  const put = (payload: string) =>
    machine.app.inject({ method: 'POST', url: `${PATH}/facts`, headers: { [TOKEN_HEADER]: machine.token }, payload });
  assert.equal((await put('{"path":"x","base64":"eA=="}\n')).statusCode, 204);
  assert.equal(
    await readFile(join(machine.deps.dataDirectory, 'partial/52-54-00-00-00-01.jsonl'), 'utf8'),
    '{"path":"x","base64":"eA=="}\n',
  );
  assert.equal((await put('x'.repeat(PARTIAL_BYTES + 1))).json().code, 'body-too-large');
});

/** A body whose pieces come one after the other. */
function inPieces(...pieces: string[]): Readable {
  return Readable.from(
    (async function* () {
      for (const piece of pieces) {
        yield Buffer.from(piece);
        await new Promise(setImmediate);
        await new Promise(setImmediate);
      }
    })(),
  );
}
