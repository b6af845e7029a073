import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { openStore, type Store } from '../../../src/master/intake/store.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { captureOf, chunksOf, recordFor, sha256Of, withoutSync } from '../fixture-records.ts';

const MAC = '52:54:00:00:00:01';
const open = (directory: string): Promise<Store> =>
  openStore({ directory, storage: 'ram', log: silentLog, sequence: () => 7, sync: withoutSync, freeFloorBytes: 0 });
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
  const options = { directory: directory.path, storage: 'ram', log: silentLog, sequence: () => 0, sync: withoutSync } as const;
  const store = await openStore({ ...options, freeFloorBytes: 2 ** 60 });
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

/** A store whose medium notes, at each sync, what lies in the directory of the first revision, and may fail. */
async function openNoting(directory: string, failsAt?: number): Promise<{ store: Store; syncs: string[][] }> {
  const syncs: string[][] = [];
  const sync = async (): Promise<void> => {
    syncs.push((await readdir(join(directory, 'records/52-54-00-00-00-01/0001')).catch(() => [])).sort());
    if (syncs.length === failsAt) throw new Error('the stick is gone');
  };
  const store = await openStore({ directory, storage: 'stick', log: silentLog, sequence: () => 7, sync, freeFloorBytes: 0 });
  return { store, syncs };
}

it('brings the content to the medium, then the receipt, and only then gives it', async () => {
  await using directory = await temporaryDirectory('recon-store-');
  const { store, syncs } = await openNoting(directory.path);
  assert.deepEqual(syncs, [[]], 'what an earlier run left is on the medium before anybody is told of it');
  const capture = captureOf({ 'raw/a.out': 'a' });
  await store.putCapture(upload(capture));
  await store.putRecord({ ...upload(text('A')), captureSha256: sha256Of(capture) });
  assert.deepEqual(syncs.slice(1), [
    ['capture.jsonl.gz', 'record.json'],
    ['capture.jsonl.gz', 'receipt.json', 'record.json'],
  ]);
  await store.putRecord({ ...upload(text('A')), captureSha256: sha256Of(capture) });
  assert.equal(syncs.length, 3, 'what is on the medium is not written again');
});

for (const [failsAt, what] of [
  [2, 'its content'],
  [3, 'its receipt'],
] as const) {
  it(`gives no receipt, and keeps nothing, when ${what} does not reach the medium`, async () => {
    await using directory = await temporaryDirectory('recon-store-');
    const { store } = await openNoting(directory.path, failsAt);
    await assert.rejects(store.putRecord({ ...upload(text('A')), captureSha256: undefined }), /the stick is gone/);
    assert.deepEqual(store.latest(), []);
    assert.deepEqual(await readdir(join(directory.path, 'records/52-54-00-00-00-01')), []);
    assert.equal((await store.putRecord({ ...upload(text('A')), captureSha256: undefined })).revision, 1);
  });
}

it('keeps a whole record whose receipt the medium has damaged, and gives it a new one', async () => {
  await using directory = await temporaryDirectory('recon-store-');
  await (await open(directory.path)).putRecord({ ...upload(text('A')), captureSha256: undefined });
  const receipt = join(directory.path, 'records/52-54-00-00-00-01/0001/receipt.json');
  const before = await readFile(receipt, 'utf8');
  await writeFile(receipt, before.replace('"revision"', '"revisiom"'));
  const store = await open(directory.path);
  assert.equal(store.latest()[0]?.receipt, undefined);
  await store.putRecord({ ...upload(text('A')), captureSha256: undefined });
  assert.equal(await readFile(receipt, 'utf8'), before);
});

it('never removes what has the beginning of a receipt', async () => {
  await using directory = await temporaryDirectory('recon-store-');
  const machine = join(directory.path, 'records/52-54-00-00-00-01');
  for (const [name, receipt] of [
    ['0001', '{"recordSha256":"00'],
    ['0002', ''],
    ['0003', '\0\0\0\0'],
  ] as const) {
    await mkdir(join(machine, name), { recursive: true });
    await writeFile(join(machine, name, 'record.json'), 'damaged');
    await writeFile(join(machine, name, 'receipt.json'), receipt);
  }
  await open(directory.path);
  assert.deepEqual(await readdir(machine), ['0001']);
});
