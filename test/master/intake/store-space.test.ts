import assert from 'node:assert/strict';
import promises, { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import type { Store } from '../../../src/master/intake/store.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { replaceBuiltin, systemError } from '../../platform/files/replace-builtin.ts';
import { captureOf, chunksOf, recordFor, sha256Of } from '../fixture-records.ts';
import { freeBytesAre } from './free-space.ts';
import { roomyStore } from './roomy-store.ts';

const A = '52:54:00:00:00:0a';
const B = '52:54:00:00:00:0b';
const CAPTURE = captureOf({ 'raw/a.out': 'a'.repeat(100) });
const open = (directory: string): Promise<Store> => roomyStore(directory);
const upload = (mac: string, bytes: string | Buffer) => ({
  mac,
  chunks: chunksOf(bytes),
  lengthBytes: bytes.length,
  sha256: sha256Of(bytes),
});
const record = (mac: string, captureSha256?: string) => ({ ...upload(mac, JSON.stringify(recordFor('A'))), captureSha256 });

it('gives up a capture that nobody came back for when a record needs its space, and not before a minute is over', async (t) => {
  await using directory = await temporaryDirectory('recon-space-');
  const incoming = join(directory.path, 'incoming');
  const store = await open(directory.path);
  await store.putCapture(upload(A, CAPTURE));
  const [held = ''] = await readdir(incoming);
  let nowMs = performance.now();
  t.mock.method(performance, 'now', () => nowMs);
  freeBytesAre(t, async () => ((await readdir(incoming)).includes(held) ? 10 : 1_000_000));
  await assert.rejects(store.putRecord(record(B)), { code: 'disk-full' });
  nowMs += 61_000;
  assert.equal((await store.putRecord(record(B))).revision, 1);
  assert.deepEqual(await readdir(incoming), []);
  await assert.rejects(store.putRecord(record(A, sha256Of(CAPTURE))), { code: 'attachment-missing' });
});

it('removes every capture that a machine left when its record is stored', async () => {
  await using directory = await temporaryDirectory('recon-space-');
  const store = await open(directory.path);
  const later = captureOf({ 'raw/a.out': 'b' });
  await store.putCapture(upload(B, CAPTURE));
  await store.putCapture(upload(A, CAPTURE));
  await store.putCapture(upload(A, later));
  await store.putRecord(record(A, sha256Of(later)));
  const [left, ...more] = await readdir(join(directory.path, 'incoming'));
  assert.match(left ?? '', /^52-54-00-00-00-0b-/);
  assert.deepEqual(more, []);
});

it('keeps the capture for the next try when the medium does not take the record', async () => {
  await using directory = await temporaryDirectory('recon-space-');
  const store = await open(directory.path);
  await store.putCapture(upload(A, CAPTURE));
  const machine = join(directory.path, 'records/52-54-00-00-00-0a');
  await writeFile(machine, 'a file is in the way');
  await assert.rejects(store.putRecord(record(A, sha256Of(CAPTURE))));
  await rm(machine);
  const receipt = await store.putRecord(record(A, sha256Of(CAPTURE)));
  assert.deepEqual([receipt.revision, receipt.captureSha256], [1, sha256Of(CAPTURE)]);
  assert.deepEqual(await readFile(join(machine, '0001/capture.jsonl.gz')), CAPTURE);
});

it('takes the capture anew when the one before went with a record that did not fit', async (t) => {
  await using directory = await temporaryDirectory('recon-space-');
  const store = await open(directory.path);
  await store.putCapture(upload(A, CAPTURE));
  let isFull = true;
  const { rename } = promises;
  replaceBuiltin(t, 'rename', async (from: string, to: string): Promise<void> => {
    if (isFull && to.endsWith('/record.json')) throw systemError('ENOSPC');
    return rename(from, to);
  });
  await assert.rejects(store.putRecord(record(A, sha256Of(CAPTURE))), { code: 'disk-full' });
  isFull = false;
  // a peer sends both again
  await store.putCapture(upload(A, CAPTURE));
  assert.equal((await store.putRecord(record(A, sha256Of(CAPTURE)))).revision, 1);
});

it('tells why a record could not be stored, also when its half cannot be removed', async (t) => {
  await using directory = await temporaryDirectory('recon-space-');
  const store = await open(directory.path);
  const { rm: remove } = promises;
  replaceBuiltin(t, 'rename', async () => {
    throw systemError('ENOSPC');
  });
  replaceBuiltin(t, 'rm', async (path: string, options: object) => {
    if (path.endsWith('/0001')) throw systemError('EIO');
    return remove(path, options);
  });
  await assert.rejects(store.putRecord(record(A)), { code: 'disk-full' });
});
