import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { overwriteFiles } from '../../../src/platform/files/overwrite-files.ts';

test('all files below a directory become zeros of the same length, in the same place', async () => {
  await using directory = await temporaryDirectory('recon-zeros-');
  const at = (name: string): string => join(directory.path, name);
  await mkdir(at('a/b'), { recursive: true });
  const sizes = { 'a/large': 2 * 1024 * 1024 + 17, 'a/b/small': 1, 'a/b/empty': 0 };
  for (const [name, size] of Object.entries(sizes)) await writeFile(at(name), randomBytes(size));
  const before = (await stat(at('a/large'))).ino;
  assert.equal(await overwriteFiles(at('a')), 3);
  for (const [name, size] of Object.entries(sizes)) assert.deepEqual(await readFile(at(name)), Buffer.alloc(size));
  assert.equal((await stat(at('a/large'))).ino, before);
  assert.equal(await overwriteFiles(at('a/large')), 1);
  assert.equal(await overwriteFiles(at('none')), 0);
});
