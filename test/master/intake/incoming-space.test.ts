import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { asDiskFull, type IncomingFiles, openIncoming } from '../../../src/master/intake/incoming-files.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { NO_BOUND } from '../../../src/seal/largest-tarball.ts';
import { systemError } from '../../platform/files/replace-builtin.ts';
import { chunksOf } from '../fixture-records.ts';
import { bookOf } from './space/book-fixture.ts';

const MAC = '52:54:00:00:00:0a';
const LIMIT = 10_000;
const LIMITS = { kind: 'record', limitBytes: LIMIT, boundOf: () => NO_BOUND } as const;

/** A medium of so many bytes, whose free space shrinks as bodies come in. */
async function medium(totalBytes: number) {
  const directory = await temporaryDirectory('recon-space-');
  let writtenBytes = 0;
  const incoming = await openIncoming({
    directory: directory.path,
    book: bookOf(async () => totalBytes - writtenBytes, 0),
    makeRoom: async () => false,
  });
  const receive = (chunks: AsyncIterable<Uint8Array>, lengthBytes: number | undefined) => {
    async function* counted(): AsyncIterable<Uint8Array> {
      for await (const chunk of chunks) {
        yield chunk;
        writtenBytes += chunk.length;
      }
    }
    return incoming.receive({ mac: MAC, chunks: counted(), lengthBytes, sha256: undefined }, LIMITS);
  };
  return { receive, [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose]() };
}

/** A body whose second part comes when it is told to. */
function slowBody(first: number, second: number) {
  const arrived = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  async function* chunks(): AsyncIterable<Uint8Array> {
    yield Buffer.alloc(first);
    arrived.resolve();
    await go.promise;
    yield Buffer.alloc(second);
  }
  return { chunks: chunks(), arrived: arrived.promise, go: go.resolve };
}

it('reserves of a body only what is not written yet', async () => {
  await using stick = await medium(700);
  const body = slowBody(300, 100);
  const first = stick.receive(body.chunks, 400);
  await body.arrived;
  await assert.rejects(stick.receive(chunksOf('x'), 301), { code: 'disk-full' }, '400 bytes are free, 100 of them promised');
  await stick.receive(chunksOf('x'), 300);
  body.go();
  await first;
  await assert.rejects(stick.receive(chunksOf('x'), 300), { code: 'disk-full' }, '299 are left');
  await stick.receive(chunksOf('x'), 299);
});

it('gives back what was reserved for a body that turns out shorter, and no more for a longer one', async () => {
  await using stick = await medium(700);
  await stick.receive(chunksOf('x'), 600);
  await stick.receive(chunksOf('x'.repeat(100)), 10);
  await assert.rejects(stick.receive(chunksOf('x'), 600), { code: 'disk-full' });
  await stick.receive(chunksOf('x'), 599);
});

it('reserves the most that a body may have when its length is not known', async () => {
  await using stick = await medium(LIMIT);
  await stick.receive(chunksOf('x'), undefined);
  await assert.rejects(stick.receive(chunksOf('x'), undefined), { code: 'disk-full' });
});

it('leaves 8 MiB for the tarball and the ledger', async () => {
  await using directory = await temporaryDirectory('recon-space-');
  const floor = 8 * 1024 * 1024;
  const receive = async (free: number, needBytes: number) => {
    const book = bookOf(async () => free, undefined);
    const incoming = await openIncoming({ directory: directory.path, book, makeRoom: async () => false });
    return receiveOne(incoming, needBytes);
  };
  await assert.rejects(receive(floor + 99, 100), { code: 'disk-full' });
  assert.equal((await receive(floor + 100, 100)).sizeBytes, 1);
});

it('takes a body as long as the limit, and none that says it is longer', async () => {
  await using directory = await temporaryDirectory('recon-space-');
  const book = bookOf(async () => 2 ** 30, 0);
  const incoming = await openIncoming({ directory: directory.path, book, makeRoom: async () => false });
  assert.equal((await receiveOne(incoming, LIMIT)).sizeBytes, 1);
  await assert.rejects(receiveOne(incoming, LIMIT + 1), { code: 'body-too-large' });
  assert.equal((await readdir(join(directory.path, 'incoming'))).length, 1);
});

it("has one word for a full disk and a full quota, and passes on the system's other errors", () => {
  for (const code of ['ENOSPC', 'EDQUOT']) assert.equal(codeOf(asDiskFull(systemError(code))), 'disk-full');
  assert.equal(codeOf(asDiskFull(systemError('EIO'))), 'EIO');
});

function receiveOne(incoming: IncomingFiles, lengthBytes: number) {
  return incoming.receive({ mac: MAC, chunks: chunksOf('x'), lengthBytes, sha256: undefined }, LIMITS);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
