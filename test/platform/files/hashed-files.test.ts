import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { hashFile, hashOnMedium, writeHashed } from '../../../src/platform/files/hashed-files.ts';
import { onFileCalls } from './file-calls.ts';

it('reads the same from the medium as from memory, whatever the size', async () => {
  await using directory = await temporaryDirectory('recon-hash-');
  const path = join(directory.path, 'file');
  for (const sizeBytes of [0, 1, 511, 512, 4096, 262_143, 262_144, 262_145, 524_288, 1_000_000]) {
    await writeFile(path, randomBytes(sizeBytes));
    const found = await hashOnMedium(path);
    assert.deepEqual(found, await hashFile(path));
    assert.equal(found.sizeBytes, sizeBytes);
  }
  await assert.rejects(hashOnMedium(join(directory.path, 'none')), { code: 'ENOENT' });
});

it('reads whole pages from the medium, which takes no other', async (t) => {
  await using directory = await temporaryDirectory('recon-hash-');
  const path = join(directory.path, 'file');
  await writeFile(path, Buffer.alloc(600_000));
  await onFileCalls(t, () => {});
  const reads: [lengthBytes: number, at: number][] = [];
  const file = await open(path);
  const prototype = Object.getPrototypeOf(file) as { read: (...given: unknown[]) => unknown };
  await file.close();
  const real = prototype.read;
  t.mock.method(prototype, 'read', function (this: unknown, buffer: Uint8Array, start: number, lengthBytes: number, at: number) {
    reads.push([lengthBytes, at]);
    return real.call(this, buffer, start, lengthBytes, at);
  });
  await hashOnMedium(path);
  assert.equal(reads.length, 3);
  for (const pages of reads)
    assert.deepEqual(
      pages.map((bytes) => bytes % 4096),
      [0, 0],
    );
});

it('syncs a long file on the way when it is asked to, and never otherwise', async (t) => {
  await using directory = await temporaryDirectory('recon-hash-');
  const synced: string[] = [];
  await onFileCalls(t, ({ call, name }) => void (call === 'sync' && synced.push(name)));
  const chunks = Array.from({ length: 10 }, () => randomBytes(100));
  await writeHashed(join(directory.path, 'plain'), chunks);
  assert.deepEqual(synced, []);
  const written = await writeHashed(join(directory.path, 'long'), chunks, 300);
  assert.deepEqual(synced, ['long', 'long', 'long']);
  assert.deepEqual(written, await hashFile(join(directory.path, 'long')));
  synced.length = 0;
  await writeHashed(join(directory.path, 'slow'), chunks, 100);
  assert.equal(synced.length, 10, 'as much as may wait is written out');
});
