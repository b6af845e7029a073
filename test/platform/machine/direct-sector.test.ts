import assert from 'node:assert/strict';
import { constants } from 'node:fs';
import promises, { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { openDirectSector } from '../../../src/platform/machine/direct-sector.ts';
import { replaceBuiltin } from '../files/replace-builtin.ts';

it('writes one sector past the cache, fills it up with zeros, and leaves its neighbours alone', async (t) => {
  await using directory = await temporaryDirectory('recon-sector-');
  const path = join(directory.path, 'device');
  await writeFile(path, Buffer.alloc(2048, 0xee));
  const { open } = promises;
  let flags = 0;
  // not each file system under a test can do without its cache
  replaceBuiltin(t, 'open', async (name: string, wanted: number) => {
    flags = wanted;
    return open(name, wanted & ~constants.O_DIRECT);
  });
  const sector = await openDirectSector(path, 2);
  assert.equal(flags, constants.O_RDWR | constants.O_DIRECT);
  await sector.write(Buffer.alloc(512, 0xaa));
  await sector.write(Buffer.from('mark'));
  await assert.rejects(sector.write(Buffer.alloc(513)), { name: 'RangeError', message: '513 bytes do not fit into a sector' });
  await sector[Symbol.asyncDispose]();
  await assert.rejects(sector.write(Buffer.from('late')), { code: 'EBADF' });
  const around = Buffer.alloc(512, 0xee);
  const written = Buffer.alloc(512);
  written.write('mark');
  assert.deepEqual(await readFile(path), Buffer.concat([around, around, written, around]));
});
