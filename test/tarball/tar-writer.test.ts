import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { buffer, text } from 'node:stream/consumers';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { type TarWriter, tarWriter } from '../../src/tarball/tar-writer.ts';
import { tarballFiles } from '../seal/tarball-files.ts';

const MODIFIED = new Date('2026-11-20T23:59:00Z');

test('files come out in their order with size and hash, those in pieces after one look at each piece', async () => {
  let made = 0;
  async function* pieces(): AsyncGenerator<Buffer> {
    for (const letter of ['a', 'b', 'c']) {
      made += 1;
      yield Buffer.from(letter.repeat(100_000));
    }
  }
  const writer = tarWriter(MODIFIED);
  const whole = archiveOf(writer);
  await writer.add('small.txt', Buffer.from('x'));
  await writer.addPieces('large.txt', 300_000, pieces());
  await writer.add('empty.txt', Buffer.alloc(0));
  writer.finish();
  const large = `${'a'.repeat(100_000)}${'b'.repeat(100_000)}${'c'.repeat(100_000)}`;
  assert.deepEqual(
    [...(await tarballFiles(await whole))].map(([name, content]) => [name, content.toString()]),
    [
      ['small.txt', 'x'],
      ['large.txt', large],
      ['empty.txt', ''],
    ],
  );
  assert.equal(made, 3);
  assert.deepEqual(writer.entries[1], {
    ...{ name: 'large.txt', sizeBytes: 300_000 },
    sha256: createHash('sha256').update(large).digest('hex'),
  });
});

test('pieces of another size than their header says, and pieces that fail, end the archive', async () => {
  async function* two(): AsyncGenerator<Buffer> {
    yield Buffer.from('12');
  }
  // biome-ignore lint/correctness/useYield: it fails before its first piece
  async function* failing(): AsyncGenerator<Buffer> {
    throw new Error('the medium is gone');
  }
  for (const sizeBytes of [1, 3]) {
    const writer = tarWriter(MODIFIED);
    const output = text(writer.output);
    await Promise.all([
      assert.rejects(writer.addPieces('wrong', sizeBytes, two()), /mismatch/i),
      assert.rejects(output, `${sizeBytes} bytes were promised`),
    ]);
    assert.deepEqual(writer.entries, []);
  }
  const writer = tarWriter(MODIFIED);
  const output = text(writer.output);
  await assert.rejects(writer.addPieces('failing', 1, failing()), /the medium is gone/);
  writer.abort();
  await assert.rejects(output);
  assert.equal(writer.aborted, true);
});

test('a tarball has the bytes that tar-stream and one gzip give, however it is cut into pieces', async () => {
  const content = (at: number): Buffer => Buffer.from(`${at} `.repeat((at * 7919) % 40_000));
  const plain = pack();
  const writer = tarWriter(MODIFIED);
  const whole = archiveOf(writer);
  for (let at = 0; at < 60; at += 1) {
    const [name, bytes] = [`nodes/${at}/${'sub/'.repeat(at)}x`, at % 7 === 0 ? randomBytes(at * 3000) : content(at)];
    plain.entry({ name, size: bytes.length, mtime: MODIFIED, mode: 0o644 }, bytes);
    if (at % 2 === 0) await writer.add(name, bytes);
    else await writer.addPieces(name, bytes.length, cut(bytes, 1 + ((at * 104_729) % 150_000)));
  }
  plain.finalize();
  writer.finish();
  const expected = gzipSync(await buffer(plain as unknown as AsyncIterable<Uint8Array>), { level: 6 });
  assert.ok(expected.equals(await whole));
});

test('who waits for room in an archive that is given up gets an error, not a wait without end', async () => {
  const writer = tarWriter(MODIFIED);
  const adding = (async (): Promise<void> => {
    for (;;) await writer.add('noise', randomBytes(1_000_000));
  })();
  const outcome = assert.rejects(adding, /given up/);
  await setImmediate();
  writer.abort();
  await outcome;
});

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function archiveOf({ output }: TarWriter): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of output) chunks.push(chunk);
  return Buffer.concat(chunks);
}
