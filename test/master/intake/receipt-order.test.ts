import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { SHA256_HEADER, TOKEN_HEADER } from '../../../src/domain/api.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { onFileCalls } from '../../platform/files/file-calls.ts';
import { appFixture } from '../app-fixture.ts';
import { captureOf, chunksOf, recordFor, sha256Of } from '../fixture-records.ts';
import { roomyStore } from './roomy-store.ts';

const MAC = '52:54:00:00:00:01';

it('gives the receipt only when the ledger is written: the machine switches itself off then', async () => {
  await using fixture = await appFixture();
  const { ledger, tokens } = fixture.deps;
  const token = await tokens.mint(MAC, '127.0.0.1');
  let isWritten = false;
  const flush = ledger.flush;
  ledger.flush = async () => {
    await flush();
    for (let turn = 0; turn < 20; turn += 1) await nextTurn();
    isWritten = ledger.machine(MAC)?.stage === 'receipt';
  };
  const payload = JSON.stringify(recordFor('A'));
  const headers = { [TOKEN_HEADER]: token, [SHA256_HEADER]: sha256Of(payload) };
  const answer = await fixture.app.inject({ method: 'PUT', url: '/nodes/52-54-00-00-00-01/record', headers, payload });
  assert.equal(answer.statusCode, 200);
  assert.equal(isWritten, true);
});

const storages: ['stick' | 'ram', isDirect: boolean][] = [
  ['stick', true],
  ['ram', false],
];
for (const [storage, isDirect] of storages) {
  it(`reads record and capture back ${isDirect ? 'from the medium' : 'as they are'} when they are stored in: ${storage}`, async (t) => {
    await using directory = await temporaryDirectory('recon-store-');
    const order: string[] = [];
    const sync = async (): Promise<void> => void order.push('sync');
    const store = await roomyStore(directory.path, { storage, sync });
    assert.deepEqual(order, ['sync'], 'what an earlier run left is on the medium before anybody is told of it');
    const capture = captureOf({ 'raw/a.out': 'a' });
    const record = JSON.stringify(recordFor('A'));
    const upload = (bytes: string | Buffer) => ({ mac: MAC, chunks: chunksOf(bytes), lengthBytes: bytes.length, sha256: sha256Of(bytes) });
    await store.putCapture(upload(capture));
    await onFileCalls(t, ({ isDirect: read, name }) => void (read && order.push(name)));
    await store.putRecord({ ...upload(record), captureSha256: sha256Of(capture) });
    assert.deepEqual(order.slice(1), ['sync', ...(isDirect ? ['record.json', 'capture.jsonl.gz'] : []), 'sync']);
    await store.putRecord({ ...upload(record), captureSha256: sha256Of(capture) });
    assert.equal(order.filter((one) => one === 'sync').length, 3, 'what is on the medium is not written again');
  });
}

for (const damaged of ['record.json', 'capture.jsonl.gz']) {
  it(`gives no receipt when the medium gives back another ${damaged} than was written`, async (t) => {
    await using directory = await temporaryDirectory('recon-store-');
    const store = await roomyStore(directory.path, { storage: 'stick' });
    const capture = captureOf({ 'raw/a.out': 'a' });
    const record = JSON.stringify(recordFor('A'));
    const upload = (bytes: string | Buffer) => ({ mac: MAC, chunks: chunksOf(bytes), lengthBytes: bytes.length, sha256: sha256Of(bytes) });
    await store.putCapture(upload(capture));
    await onFileCalls(t, ({ call, name }) => {
      if (call === 'read' && name === damaged) appendFileSync(join(directory.path, 'records/52-54-00-00-00-01/0001', name), 'x');
    });
    await assert.rejects(store.putRecord({ ...upload(record), captureSha256: sha256Of(capture) }), { code: 'verify-failed' });
    assert.deepEqual(store.latest(), []);
  });
}
