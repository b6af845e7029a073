import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { openStore, type Store } from '../../../src/master/intake/store.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { captureOf, chunksOf, recordFor, sha256Of } from '../fixture-records.ts';

const MAC = '52:54:00:00:00:01';
const open = (directory: string): Promise<Store> =>
  openStore({ directory, storage: 'ram', log: silentLog, sequence: () => 7, freeFloorBytes: 0 });
const upload = (bytes: string | Buffer) => ({ mac: MAC, chunks: chunksOf(bytes), lengthBytes: bytes.length, sha256: sha256Of(bytes) });
const text = (serial: string): string => JSON.stringify(recordFor(serial));

it('stores a record with its capture, and gives the hashes of what was read back', async () => {
  await using directory = await temporaryDirectory('recon-store-');
  const store = await open(directory.path);
  const capture = captureOf({ 'raw/a.out': 'a' });
  await store.putCapture(upload(capture));
  const receipt = await store.putRecord({ ...upload(text('A')), captureSha256: sha256Of(capture) });
  assert.deepEqual(receipt, {
    recordSha256: sha256Of(text('A')),
    captureSha256: sha256Of(capture),
    revision: 1,
    storage: 'ram',
    masterSequence: 7,
  });
  const stored = join(directory.path, 'records/52-54-00-00-00-01/0001');
  assert.deepEqual((await readdir(stored)).sort(), ['capture.jsonl.gz', 'receipt.json', 'record.json']);
  assert.deepEqual(await readFile(join(stored, 'capture.jsonl.gz')), capture);
  assert.deepEqual(await readdir(join(directory.path, 'incoming')), []);
  assert.deepEqual(await store.recordOf(MAC), recordFor('A'));
});

it('is idempotent by content, and new content is a new revision beside the old', async () => {
  await using directory = await temporaryDirectory('recon-store-');
  const store = await open(directory.path);
  const put = (serial: string) => store.putRecord({ ...upload(text(serial)), captureSha256: undefined });
  const revisions = [await put('A'), await put('A'), await put('B'), await put('A')].map(({ revision }) => revision);
  assert.deepEqual(revisions, [1, 1, 2, 1]);
  const reopened = await open(directory.path);
  assert.equal((await reopened.putRecord({ ...upload(text('B')), captureSha256: undefined })).revision, 2);
  assert.equal(reopened.latest()[0]?.revision, 2);
  assert.deepEqual(reopened.identityOf(MAC), {
    vendor: 'Example & Co',
    product: 'R1 "Rack"',
    serial: 'B',
    findings: { critical: 1, warning: 0, note: 0 },
  });
});

it('keeps one revision when a machine sends the same twice at once', async () => {
  await using directory = await temporaryDirectory('recon-store-');
  const store = await open(directory.path);
  const receipts = await Promise.all(Array.from({ length: 8 }, () => store.putRecord({ ...upload(text('A')), captureSha256: undefined })));
  assert.equal(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size, 1);
  assert.deepEqual(await readdir(join(directory.path, 'records/52-54-00-00-00-01')), ['0001']);
});

it('gives the receipt at the next try when the power went before it was written', async () => {
  await using directory = await temporaryDirectory('recon-store-');
  await (await open(directory.path)).putRecord({ ...upload(text('A')), captureSha256: undefined });
  await rm(join(directory.path, 'records/52-54-00-00-00-01/0001/receipt.json'));
  const store = await open(directory.path);
  assert.equal(store.latest()[0]?.receipt, undefined);
  assert.equal((await store.putRecord({ ...upload(text('A')), captureSha256: undefined })).revision, 1);
  assert.notEqual(store.latest()[0]?.receipt, undefined);
});

it('removes what was interrupted and leaves a damaged record with a receipt alone', async () => {
  await using directory = await temporaryDirectory('recon-store-');
  await (await open(directory.path)).putRecord({ ...upload(text('A')), captureSha256: undefined });
  const machine = join(directory.path, 'records/52-54-00-00-00-01');
  await writeFile(join(machine, '0001/record.json'), '');
  await mkdir(join(machine, '0002'));
  await writeFile(join(machine, '0002/record.json'), text('cut').slice(0, 50));
  await writeFile(join(directory.path, 'incoming/x.part'), 'half');
  const store = await open(directory.path);
  assert.deepEqual(await readdir(machine), ['0001']);
  assert.deepEqual(await readdir(join(directory.path, 'incoming')), []);
  assert.deepEqual(store.latest(), []);
  const receipt = await store.putRecord({ ...upload(text('A')), captureSha256: undefined });
  assert.equal(receipt.revision, 2);
  assert.deepEqual(await readdir(machine), ['0001', '0002']);
});

it('refuses while too little is free', async () => {
  await using directory = await temporaryDirectory('recon-store-');
  const store = await openStore({ directory: directory.path, storage: 'ram', log: silentLog, sequence: () => 0, freeFloorBytes: 2 ** 60 });
  await assert.rejects(store.putRecord({ ...upload(text('A')), captureSha256: undefined }), { code: 'disk-full', httpStatus: 503 });
});

it('knows who shares a key with whom, until one of them sends another record', async () => {
  await using directory = await temporaryDirectory('recon-store-');
  const store = await open(directory.path);
  const put = (mac: string, record: object) => store.putRecord({ ...upload(JSON.stringify(record)), mac, captureSha256: undefined });
  const clone = recordFor('A');
  const other = recordFor('C');
  await put(MAC, recordFor('A'));
  await put('52:54:00:00:00:02', { ...clone, collectors: [] });
  await put('52:54:00:00:00:03', { ...other, sections: { ...other.sections, system: clone.sections.system } });
  const expected = [
    { mac: '52:54:00:00:00:02', verdict: 'same' },
    { mac: '52:54:00:00:00:03', verdict: 'different' },
  ];
  assert.deepEqual(store.duplicatesOf(MAC), expected);
  assert.deepEqual((await open(directory.path)).duplicatesOf(MAC), expected);
  await put('52:54:00:00:00:02', recordFor('B'));
  await put('52:54:00:00:00:03', other);
  assert.deepEqual(store.duplicatesOf(MAC), []);
});
