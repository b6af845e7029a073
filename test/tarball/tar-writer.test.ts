import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
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

async function archiveOf({ output }: TarWriter): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of output) chunks.push(chunk);
  return Buffer.concat(chunks);
}
