import assert from 'node:assert/strict';
import promises, { readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { openIncoming } from '../../../src/master/intake/incoming-files.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { NO_BOUND } from '../../../src/seal/largest-tarball.ts';
import { replaceBuiltin, systemError } from '../../platform/files/replace-builtin.ts';
import { chunksOf, sha256Of } from '../fixture-records.ts';
import { bookOf, notingBook } from './space/book-fixture.ts';

const A = '52:54:00:00:00:0a';
const MEBIBYTE = 1024 * 1024;
const free = async (): Promise<number> => 612 * MEBIBYTE;
const limits = (limitBytes: number) => ({ kind: 'record', limitBytes, boundOf: () => NO_BOUND }) as const;

it('reserves the space of a body before it comes', async () => {
  await using directory = await temporaryDirectory('recon-incoming-');
  const incoming = await openIncoming({ directory: directory.path, book: bookOf(free, 100 * MEBIBYTE), makeRoom: async () => false });
  let finish: () => void = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  async function* slow(): AsyncIterable<Uint8Array> {
    await finished;
    yield Buffer.from('x');
  }
  const upload = (chunks: AsyncIterable<Uint8Array>, lengthBytes: number) => ({ mac: A, chunks, lengthBytes, sha256: undefined });
  const first = incoming.receive(upload(slow(), 400 * MEBIBYTE), limits(1000 * MEBIBYTE));
  await assert.rejects(incoming.receive(upload(chunksOf('x'), 300 * MEBIBYTE), limits(1000 * MEBIBYTE)), {
    code: 'disk-full',
    httpStatus: 503,
  });
  finish();
  await first;
  assert.equal(
    (await incoming.receive(upload(chunksOf('x'), 300 * MEBIBYTE), limits(1000 * MEBIBYTE))).sizeBytes,
    1,
    'the space was given back',
  );
});

it('leaves nothing of a body that was refused', async () => {
  await using directory = await temporaryDirectory('recon-incoming-');
  const incoming = await openIncoming({ directory: directory.path, book: bookOf(free, 0), makeRoom: async () => false });
  const upload = (sha256: string | undefined) => ({ mac: A, chunks: chunksOf('hello'), lengthBytes: undefined, sha256 });
  await assert.rejects(incoming.receive(upload(sha256Of('other')), limits(100)), { code: 'hash-mismatch' });
  await assert.rejects(incoming.receive(upload(undefined), limits(3)), { code: 'body-too-large' });
  assert.deepEqual(await readdir(join(directory.path, 'incoming')), []);
});

it('asks for room when there is too little, until there is none to get', async () => {
  await using directory = await temporaryDirectory('recon-incoming-');
  let asked = 0;
  const makeRoom = async (): Promise<boolean> => {
    asked += 1;
    return asked < 3;
  };
  const incoming = await openIncoming({ directory: directory.path, book: bookOf(free, 2 ** 60), makeRoom });
  await assert.rejects(incoming.receive({ mac: A, chunks: chunksOf('x'), lengthBytes: 1, sha256: undefined }, limits(10)), {
    code: 'disk-full',
  });
  assert.equal(asked, 3);
});

it('keeps the place of a body that came, and gives back that of one that was refused', async () => {
  await using directory = await temporaryDirectory('recon-incoming-');
  const book = notingBook();
  const incoming = await openIncoming({ directory: directory.path, book, makeRoom: async () => false });
  const upload = (sha256: string) => ({ mac: A, chunks: chunksOf('hello'), lengthBytes: 5, sha256 });
  await incoming.receive(upload(sha256Of('hello')), limits(100));
  await assert.rejects(incoming.receive(upload(sha256Of('other')), limits(100)), { code: 'hash-mismatch' });
  assert.deepEqual(
    book.places.map(({ isEnded }) => isEnded),
    [false, true],
  );
});

it('tells what was wrong with a body, also when what came of it cannot be removed', async (t) => {
  await using directory = await temporaryDirectory('recon-incoming-');
  const incoming = await openIncoming({ directory: directory.path, book: bookOf(free, 0), makeRoom: async () => false });
  const { rm } = promises;
  replaceBuiltin(t, 'rm', async (path: string, options: object) => {
    if (path.endsWith('.part')) throw systemError('EIO');
    return rm(path, options);
  });
  const upload = { mac: A, chunks: chunksOf('hello'), lengthBytes: 5, sha256: sha256Of('other') };
  await assert.rejects(incoming.receive(upload, limits(100)), { code: 'hash-mismatch' });
});

it('keeps a body in memory that is no longer than it may be, gives it once, and keeps no other', async () => {
  await using directory = await temporaryDirectory('recon-incoming-');
  const incoming = await openIncoming({ directory: directory.path, book: bookOf(free, 0), makeRoom: async () => false });
  const taken = async (text: string, lengthBytes: number | undefined, keptBytes?: number) => {
    const upload = { mac: A, chunks: chunksOf(text, 2), lengthBytes, sha256: undefined };
    const { takeBytes } = await incoming.receive(upload, { ...limits(100), ...(keptBytes === undefined ? {} : { keptBytes }) });
    return [takeBytes?.()?.toString(), takeBytes?.()?.toString()];
  };
  assert.deepEqual(await taken('hello', 5, 5), ['hello', undefined]);
  assert.deepEqual(await taken('hello!', 6, 5), [undefined, undefined]);
  assert.deepEqual(await taken('hello!', 5, 5), [undefined, undefined], 'it was longer than it was said to be');
  assert.deepEqual(await taken('hello', undefined, 5), [undefined, undefined], 'nobody said how long it would be');
  assert.deepEqual(await taken('hello', 5), [undefined, undefined]);
});

it('makes its directory where a full stick had no room for it, and takes the whole body', async () => {
  await using directory = await temporaryDirectory('recon-incoming-');
  const incoming = await openIncoming({ directory: directory.path, book: bookOf(free, 0), makeRoom: async () => false });
  await rmdir(join(directory.path, 'incoming'));
  const { sha256 } = await incoming.receive({ mac: A, chunks: chunksOf('hello', 2), lengthBytes: 5, sha256: undefined }, limits(100));
  assert.equal(sha256, sha256Of('hello'));
});
