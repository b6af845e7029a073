import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { hashFile, hashOnMedium } from '../../../src/platform/files/hashed-files.ts';

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
