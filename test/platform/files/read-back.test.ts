import assert from 'node:assert/strict';
import { type FileHandle, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { hashFile, hashOnMedium, writeAll, writeHashed } from '../../../src/platform/files/hashed-files.ts';
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
  assert.equal((await stat(path)).mode & 0o777, 0o644);
});

it('writes all of a chunk where the system takes a part of it at a time', async () => {
  const medium = Buffer.alloc(12);
  const write = async (chunk: Uint8Array, at: number, length: number, position: number | null) => {
    assert.ok(at + length <= chunk.length, 'more than there is');
    const bytesWritten = Math.min(3, length);
    medium.set(chunk.subarray(at, at + bytesWritten), position ?? at);
    return { bytesWritten, buffer: chunk };
  };
  await writeAll({ write } as unknown as FileHandle, Buffer.from('12345678'), 4);
  assert.equal(medium.toString('latin1'), '\0\0\0\x0012345678');
  await writeAll({ write } as unknown as FileHandle, Buffer.from('abcdefgh'));
  assert.equal(medium.toString('latin1'), 'abcdefgh5678');
});
