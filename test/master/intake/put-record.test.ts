import assert from 'node:assert/strict';
import promises, { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { openIncoming } from '../../../src/master/intake/incoming-files.ts';
import { recordWriter } from '../../../src/master/intake/put-record.ts';
import { storedRevisions } from '../../../src/master/intake/stored-revisions.ts';
import { waitingCaptures } from '../../../src/master/intake/waiting-captures.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { addBounds, captureBound, recordBound } from '../../../src/seal/largest-tarball.ts';
import { replaceBuiltin, systemError } from '../../platform/files/replace-builtin.ts';
import { chunksOf, recordFor, sha256Of } from '../fixture-records.ts';
import { NO_BOOKING, notingBook } from './space/book-fixture.ts';

const MAC = '52:54:00:00:00:0a';
const RECORD = JSON.stringify(recordFor('A'));
const BOUND = recordBound(gzipSync(RECORD, { level: 1 }).length);

/** A writer of records over a directory of its own, and what is asked of its book. */
async function writing({ sync = async () => {} }: { sync?: () => Promise<void> } = {}) {
  const directory = await temporaryDirectory('recon-put-');
  const root = directory.path;
  const [book, waiting, revisions] = [notingBook(), waitingCaptures(), storedRevisions([])];
  const incoming = await openIncoming({ directory: root, book, makeRoom: async () => false });
  const settings = { directory: root, storage: 'ram' as const, sequence: () => 1, sync };
  const write = recordWriter({ settings, incoming, waiting, revisions, book });
  const put = (text = RECORD, captureSha256?: string) =>
    write({ mac: MAC, chunks: chunksOf(text), lengthBytes: text.length, sha256: undefined, captureSha256 });
  /** a capture that waits; its booking knows that much of it */
  const addCapture = async () => {
    const capture = { path: join(root, 'capture'), sha256: sha256Of('capture'), sizeBytes: 7, isEnded: false };
    await writeFile(capture.path, 'capture');
    const end = (): void => {
      capture.isEnded = true;
    };
    await waiting.add(MAC, { ...capture, booking: { ...NO_BOOKING, bound: captureBound(7, 3), end } });
    return capture;
  };
  return { root, book, revisions, put, addCapture, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

it('keeps room for a quarter of a record, then for what it packs to, and counts it as a machine in the end', async () => {
  await using writer = await writing();
  await writer.put();
  const [place, ...more] = writer.book.places;
  assert.deepEqual(
    [place, more],
    [{ kind: 'record', sizeBytes: RECORD.length, bound: recordBound(RECORD.length / 4), measured: BOUND, isEnded: true }, []],
  );
  assert.deepEqual(writer.book.kept, [[MAC, BOUND]]);
  await writer.put();
  assert.deepEqual([writer.book.places[1]?.isEnded, writer.book.kept.length], [true, 1], 'the same again adds nothing');
});

it('counts a capture with its record, and gives its place back', async () => {
  await using writer = await writing();
  const capture = await writer.addCapture();
  await writer.put(RECORD, capture.sha256);
  assert.deepEqual(writer.book.kept, [[MAC, addBounds(BOUND, captureBound(7, 3))]]);
  assert.equal(capture.isEnded, true);
});

it('gives no receipt for a record that does not fit into the tarball, and keeps nothing of it', async () => {
  await using writer = await writing();
  writer.book.state.isFull = true;
  await assert.rejects(writer.put(), { code: 'disk-full' });
  assert.deepEqual([writer.revisions.latest(), writer.book.kept, writer.book.places[0]?.isEnded], [[], [], true]);
  assert.deepEqual(await readdir(writer.root), ['incoming']);
  assert.deepEqual(await readdir(join(writer.root, 'incoming')), []);
});

it('gives back the places of record and capture when the medium fails before the receipt', async (t) => {
  await using writer = await writing({ sync: () => Promise.reject(new Error('the stick is gone')) });
  const capture = await writer.addCapture();
  const { rm } = promises;
  replaceBuiltin(t, 'rm', async (path: string, options: object) => {
    if (path.endsWith('/0001')) throw systemError('EIO');
    return rm(path, options);
  });
  await assert.rejects(writer.put(RECORD, capture.sha256), { message: 'the stick is gone' }, 'the first failure is told, not the second');
  assert.deepEqual([capture.isEnded, writer.book.places[0]?.isEnded, writer.book.kept], [true, true, []]);
});

it('gives the receipt also when the file that it came in cannot be removed', async (t) => {
  await using writer = await writing();
  const { rm } = promises;
  replaceBuiltin(t, 'rm', async (path: string, options: object) => {
    if (path.endsWith('.part')) throw systemError('EIO');
    return rm(path, options);
  });
  assert.equal((await writer.put()).revision, 1);
});

it('stores one record of a machine after the other, also those that come while others wait', async () => {
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  let syncs = 0;
  // two of each record: before the receipt and behind it
  await using writer = await writing({
    sync: async () => {
      syncs += 1;
      await gates[syncs <= 2 ? 0 : 1].promise;
    },
  });
  const measured = async (count: number): Promise<void> => {
    while (writer.book.places.filter((place) => place.measured !== undefined).length < count) await nextTurn();
    // from there to its turn it reads nothing
    await nextTurn();
  };
  const other = JSON.stringify(recordFor('B'));
  const first = writer.put();
  await measured(1);
  const second = writer.put(other);
  await measured(2);
  gates[0].resolve();
  assert.equal((await first).revision, 1);
  const third = writer.put(other);
  await measured(3);
  gates[1].resolve();
  assert.deepEqual([(await second).revision, (await third).revision, writer.revisions.of(MAC).length], [2, 2, 2]);
});
