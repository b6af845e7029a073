import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import type { NodeRecord } from '../../../src/domain/record/node-record.ts';
import type { Store } from '../../../src/master/intake/store.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { chunksOf, recordFor, sha256Of } from '../fixture-records.ts';
import { roomyStore } from './roomy-store.ts';

const [A, B] = ['52:54:00:00:00:0a', '52:54:00:00:00:0b'] as const;
const PORT = '00:1b:21:00:00:01';
const OTHER_PORT = '00:1b:21:00:00:02';
const open = (directory: string): Promise<Store> => roomyStore(directory);

/** A record of a machine with these network ports. */
function withPorts(serial: string, ...macs: string[]): NodeRecord {
  const record = recordFor(serial);
  return {
    ...record,
    sections: { ...record.sections, nics: { status: 'ok', data: macs.map((mac, at) => ({ name: `eno${at}`, permanentMac: mac })) } },
  };
}

function put(store: Store, mac: string, record: NodeRecord) {
  const bytes = JSON.stringify(record);
  return store.putRecord({ mac, chunks: chunksOf(bytes), lengthBytes: bytes.length, sha256: sha256Of(bytes), captureSha256: undefined });
}

it('knows a machine by any of its ports, as long as its newest record names the port', async () => {
  await using directory = await temporaryDirectory('recon-store-');
  const store = await open(directory.path);
  assert.equal(store.acknowledged(A), undefined);
  assert.equal(store.identityOf(A), undefined);
  assert.equal(await store.recordOf(A), undefined);
  await put(store, A, withPorts('A', PORT));
  const of = (port: string): string | undefined => store.acknowledged(port)?.mac;
  assert.deepEqual([of(A), of(PORT), of(OTHER_PORT), of(B)], [A, A, undefined, undefined]);
  await put(store, A, withPorts('A', OTHER_PORT));
  assert.deepEqual([of(A), of(PORT), of(OTHER_PORT)], [A, undefined, A], 'the card was taken out');
  await put(store, B, withPorts('B', PORT));
  assert.deepEqual([of(PORT), of(OTHER_PORT)], [B, A], 'and put into another machine');
  const reopened = await open(directory.path);
  assert.deepEqual([reopened.acknowledged(PORT)?.mac, reopened.acknowledged(A)?.revision], [B, 2]);
});

it('knows no machine that was never given a receipt', async () => {
  await using directory = await temporaryDirectory('recon-store-');
  await put(await open(directory.path), A, withPorts('A', PORT));
  await rm(join(directory.path, 'records/52-54-00-00-00-0a/0001/receipt.json'));
  const store = await open(directory.path);
  assert.equal(store.latest().length, 1);
  assert.deepEqual([store.acknowledged(A), store.acknowledged(PORT)], [undefined, undefined]);
  await put(store, B, withPorts('B', A));
  assert.equal(store.acknowledged(A)?.mac, B, 'another machine has the port, and its receipt');
});

it('leaves nothing of an upload that is stored already', async () => {
  await using directory = await temporaryDirectory('recon-store-');
  const store = await open(directory.path);
  await put(store, A, withPorts('A', PORT));
  await put(store, A, withPorts('A', PORT));
  assert.deepEqual(await readdir(join(directory.path, 'incoming')), []);
});
