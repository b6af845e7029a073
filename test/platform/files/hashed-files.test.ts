import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
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
});
