import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { hashFile, hashOnMedium, writeHashed } from '../../../src/platform/files/hashed-files.ts';
import { type FileCall, onFileCalls } from './file-calls.ts';

const HELLO = { sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824', sizeBytes: 5 };

it('reads back past the copy in memory', async (t) => {
  await using directory = await temporaryDirectory('recon-hash-');
  const path = join(directory.path, 'file');
  await writeFile(path, 'hello');
  const calls: FileCall[] = [];
  await onFileCalls(t, (call) => calls.push(call));
  assert.deepEqual(await hashOnMedium(path), HELLO);
  assert.deepEqual(calls, [{ call: 'read', name: 'file', isDirect: true }]);
});

it('reads what memory has where the file system cannot do better, and passes on every other failure', async (t) => {
  await using directory = await temporaryDirectory('recon-hash-');
  const path = join(directory.path, 'file');
  await writeFile(path, 'hello');
  let code = 'EINVAL';
  await onFileCalls(t, () => {
    throw Object.assign(new Error(code), { code });
  });
  assert.deepEqual(await hashOnMedium(path), HELLO);
  code = 'EIO';
  await assert.rejects(hashOnMedium(path), { code: 'EIO' });
});

it('hashes what it writes, and never writes over a file', async () => {
  await using directory = await temporaryDirectory('recon-hash-');
  const path = join(directory.path, 'file');
  const chunks = [Buffer.from('hel'), Buffer.from(''), Buffer.from('lo')];
  assert.deepEqual(await writeHashed(path, chunks), HELLO);
  assert.deepEqual(await hashFile(path), HELLO);
  await assert.rejects(writeHashed(path, chunks), { code: 'EEXIST' });
});
