import assert from 'node:assert/strict';
import promises, { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { storedBytes } from '../../../src/master/intake/space/room.ts';
import { exactBound, roughBound } from '../../../src/master/intake/space/stored-bounds.ts';
import type { Store } from '../../../src/master/intake/store.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import type { StoredRevision } from '../../../src/records/revisions.ts';
import { addBounds, captureBound, type MachineBound, NO_BOUND, tarballBound } from '../../../src/seal/largest-tarball.ts';
import { SPOOL_MEMORY_BYTES } from '../../../src/seal/spool-memory.ts';
import { replaceBuiltin, systemError } from '../../platform/files/replace-builtin.ts';
import { captureOf, chunksOf, recordFor, sha256Of } from '../fixture-records.ts';
import { freeBytesAre } from './free-space.ts';
import { roomyStore } from './roomy-store.ts';

const [A, B] = ['52:54:00:00:00:0a', '52:54:00:00:00:0b'] as const;
/** Packs to far fewer bytes than its lines take in a tarball. */
const MANY_LINES = gzipSync('\n'.repeat(50_000));
const NOTHING = { ledgerBytes: 0, partialBytes: 0, missingCount: 0 };

const wholeBytes = (machines: MachineBound): number => tarballBound({ machines, ...NOTHING }, SPOOL_MEMORY_BYTES).wholeBytes;
const upload = (mac: string, bytes: string | Buffer) => ({
  ...{ mac, chunks: chunksOf(bytes), lengthBytes: bytes.length, sha256: sha256Of(bytes) },
});

async function put(store: Store, mac: string, serial: string, capture?: Buffer): Promise<StoredRevision> {
  if (capture !== undefined) await store.putCapture(upload(mac, capture));
  await store.putRecord({
    ...upload(mac, JSON.stringify(recordFor(serial))),
    captureSha256: capture === undefined ? undefined : sha256Of(capture),
  });
  const stored = store.latest().find((one) => one.mac === mac);
  assert.ok(stored);
  return stored;
}

it('counts what an earlier run stored before it takes anything', async (t) => {
  await using directory = await temporaryDirectory('recon-counts-');
  const stored = await put(await roomyStore(directory.path), A, 'A', captureOf({ 'raw/a.out': 'a'.repeat(100) }));
  const needed = wholeBytes(await roughBound(stored));
  let free = needed;
  freeBytesAre(t, () => free);
  const { book } = await roomyStore(directory.path);
  // nothing is read in between: the files of the capture are not counted yet
  assert.equal(await book.fitting(), 'whole');
  free -= 1;
  assert.equal(await book.fitting(), 'without-captures');
});

it('counts the files of earlier captures afterwards, and of a machine that came meanwhile only what is new', {
  timeout: 120_000,
}, async (t) => {
  await using directory = await temporaryDirectory('recon-counts-');
  const before = await roomyStore(directory.path);
  const old = await put(before, A, 'old', captureOf({ 'raw/a.out': 'a' }));
  const other = await put(before, B, 'B', MANY_LINES);
  const [rough, exact] = [await roughBound(other), await exactBound(other)];
  const gate = Promise.withResolvers<void>();
  const { readFile } = promises;
  let reads = 0;
  replaceBuiltin(t, 'readFile', async (path: string, options: BufferEncoding) => {
    // to find it, for its size, and then for its files
    if (path === join(old.directory, 'record.json') && ++reads > 2) await gate.promise;
    return readFile(path, options);
  });
  const store = await roomyStore(directory.path);
  const newer = await roughBound(await put(store, A, 'new'));
  let free = wholeBytes(addBounds(newer, rough));
  freeBytesAre(t, () => free);
  assert.equal(await store.book.fitting(), 'whole');
  gate.resolve();
  while ((await store.book.fitting()) === 'whole') await nextTurn();
  free = wholeBytes(addBounds(newer, exact));
  assert.equal(await store.book.fitting(), 'whole');
  free -= 1;
  assert.equal(await store.book.fitting(), 'without-captures');
});

for (const isStuck of [false, true])
  it(`leaves out a capture whose files do not fit into the tarball${isStuck ? ', also one that cannot be removed' : ''}`, async (t) => {
    await using directory = await temporaryDirectory('recon-counts-');
    const store = await roomyStore(directory.path);
    // twice the tarball as it is without the files, and something for the body
    freeBytesAre(t, () => 2 * wholeBytes(captureBound(MANY_LINES.length, 0)) + 2 * MANY_LINES.length);
    const { rm } = promises;
    replaceBuiltin(t, 'rm', async (path: string, options: object) => {
      if (isStuck && path.endsWith('.part')) throw systemError('EIO');
      return rm(path, options);
    });
    await assert.rejects(store.putCapture(upload(A, MANY_LINES)), { code: 'capture-left-out' });
    assert.equal((await readdir(join(directory.path, 'incoming'))).length, isStuck ? 1 : 0);
  });

it('lets a capture in by its packed size alone: how many files it has is not known yet', async (t) => {
  const cluster = 100;
  await using directory = await temporaryDirectory('recon-counts-');
  const store = await roomyStore(directory.path);
  const empty = gzipSync('');
  const inClusters = (bytes: number): number => Math.ceil(bytes / cluster) * cluster;
  const sizes = storedBytes(empty.length, { freeBytes: 0, totalBytes: 0, clusterBytes: cluster });
  let free = sizes + 2 * inClusters(wholeBytes(captureBound(empty.length, 0)));
  freeBytesAre(t, () => free, cluster);
  await store.putCapture(upload(A, empty));
  free -= cluster;
  await assert.rejects((await roomyStore(directory.path)).putCapture(upload(A, empty)), { code: 'capture-left-out' });
});

it('counts nothing beside the records when nobody says what there is', async (t) => {
  await using directory = await temporaryDirectory('recon-counts-');
  const { book } = await roomyStore(directory.path);
  // with so much of records every byte of the ledger shows
  const machine = { recordBytes: 900, captureBytes: 0 };
  book.keep(A, machine);
  assert.notEqual(
    tarballBound({ machines: machine, ...NOTHING, ledgerBytes: 1 }, SPOOL_MEMORY_BYTES).wholeBytes,
    wholeBytes(machine),
    'a byte of the ledger would show',
  );
  let free = wholeBytes(machine);
  freeBytesAre(t, () => free);
  assert.equal(await book.fitting(), 'whole');
  free -= 1;
  assert.equal(await book.fitting(), undefined);
  book.keep(A, NO_BOUND);
  free = wholeBytes(NO_BOUND);
  assert.equal(await book.fitting(), 'whole');
});

it('names those whose record is gone in the order in which they came', async () => {
  await using directory = await temporaryDirectory('recon-counts-');
  const store = await roomyStore(directory.path);
  const gone = [await put(store, B, 'B'), await put(store, A, 'A')];
  const left = await put(store, '52:54:00:00:00:0c', 'C');
  for (const one of gone) await promises.rm(one.directory, { recursive: true });
  assert.deepEqual(await store.resume(), gone);
  assert.deepEqual(store.latest(), [left]);
});
