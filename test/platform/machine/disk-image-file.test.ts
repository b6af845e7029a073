import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import {
  copySparse,
  createSparseFile,
  fileSize,
  hashImage,
  hashRange,
  readImageHead,
  resizeFile,
  writeAt,
} from '../../../src/platform/machine/disk-image-file.ts';
import { readModuleAliases } from '../../../src/platform/machine/kernel-modules.ts';

const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

it('makes an image that takes no space, writes into it, and resizes it', async () => {
  await using directory = await temporaryDirectory('recon-image-');
  const path = join(directory.path, 'image');
  await createSparseFile(path, 1_000_000);
  const made = await stat(path);
  assert.deepEqual([made.size, made.mode & 0o777], [1_000_000, 0o600]);
  assert.ok(made.blocks * 512 < 100_000, 'it has no holes');
  await writeAt(path, 3, Buffer.from('abc'));
  await writeAt(path, 4, Buffer.from('X'));
  assert.deepEqual(await readImageHead(path, 8), Buffer.from('\0\0\0aXc\0\0'));
  await resizeFile(path, 5);
  assert.deepEqual(await readImageHead(path, 100), Buffer.from('\0\0\0aX'));
  await resizeFile(path, 7);
  assert.deepEqual(await readFile(path), Buffer.from('\0\0\0aX\0\0'));
  assert.equal(await fileSize(path), 7);
  const copy = join(directory.path, 'copy');
  await copySparse(path, copy);
  assert.deepEqual(await readFile(copy), await readFile(path));
  await createSparseFile(path, 2);
  assert.deepEqual(await readFile(path), Buffer.alloc(2), 'an earlier image of that name is gone');
});

it('hashes a part of an image, or all of it', async () => {
  await using directory = await temporaryDirectory('recon-image-');
  const path = join(directory.path, 'image');
  await writeFile(path, '0123456789');
  assert.equal(await hashRange(path, 2, 5), sha256('234'));
  assert.equal(await hashRange(path, 0, 1), sha256('0'));
  for (const [start, end] of [
    [5, 5],
    [0, 0],
    [6, 2],
  ] as const)
    assert.equal(await hashRange(path, start, end), sha256(''));
  assert.equal(await hashImage(path), sha256('0123456789'));
});

it('reads what the modules of the running kernel can drive, and nothing where nothing is known', async () => {
  await using directory = await temporaryDirectory('recon-modules-');
  const nothing = { modules: '', builtin: '', builtinInfo: '' };
  assert.deepEqual(await readModuleAliases(directory.path), nothing);
  await mkdir(join(directory.path, release()));
  const files = { 'modules.alias': 'alias a b', 'modules.builtin': 'kernel/x.ko', 'modules.builtin.modinfo': 'x.alias=\xff\0' };
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory.path, release(), name), text, 'latin1');
  assert.deepEqual(await readModuleAliases(directory.path), {
    modules: 'alias a b',
    builtin: 'kernel/x.ko',
    builtinInfo: 'x.alias=\xff\0',
  });
});
