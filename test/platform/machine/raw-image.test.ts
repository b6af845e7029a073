import assert from 'node:assert/strict';
import promises, { type FileHandle, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { openRawImage } from '../../../src/platform/machine/raw-image.ts';
import { replaceBuiltin } from '../files/replace-builtin.ts';

type Transfer = (buffer: Uint8Array, at: number, lengthBytes: number, offsetBytes: number) => Promise<unknown>;

/** A medium that takes and gives three bytes at a time, as a disk of a guest may under load. */
function slowMedium(t: TestContext): { syncs: number } {
  const seen = { syncs: 0 };
  const { open } = promises;
  replaceBuiltin(t, 'open', async (path: string, flags: number): Promise<FileHandle> => {
    const file = await open(path, flags);
    for (const call of ['read', 'write'] as const) {
      const whole = (file[call] as Transfer).bind(file);
      const part: Transfer = (buffer, at, lengthBytes, offsetBytes) => {
        assert.ok(at + lengthBytes <= buffer.length, 'more than there is room for');
        return whole(buffer, at, Math.min(3, lengthBytes), offsetBytes);
      };
      Object.assign(file, { [call]: part });
    }
    const sync = file.sync.bind(file);
    file.sync = async () => {
      seen.syncs += 1;
      await sync();
    };
    return file;
  });
  return seen;
}

it('reads and writes all of what is asked for, at its place, and less at the end only', async (t) => {
  await using directory = await temporaryDirectory('recon-raw-');
  const path = join(directory.path, 'image');
  await writeFile(path, '0123456789abcdef');
  const medium = slowMedium(t);
  {
    await using image = await openRawImage(path, 'read-write');
    assert.equal(String(await image.read(2, 8)), '23456789');
    assert.equal(String(await image.read(12, 8)), 'cdef');
    assert.equal((await image.read(16, 8)).length, 0);
    await image.write(5, Buffer.from('ABCDEFGH'));
    assert.equal(medium.syncs, 0);
    await image.sync();
    assert.equal(medium.syncs, 1);
  }
  assert.equal(await readFile(path, 'utf8'), '01234ABCDEFGHdef');
});

it('does not write to an image that is read, and makes none', async () => {
  await using directory = await temporaryDirectory('recon-raw-');
  const path = join(directory.path, 'image');
  await assert.rejects(openRawImage(path, 'read-write'), { code: 'ENOENT' });
  await writeFile(path, 'content');
  await using image = await openRawImage(path, 'read');
  await assert.rejects(image.write(0, Buffer.from('x')), { code: 'EBADF' });
  assert.equal(await readFile(path, 'utf8'), 'content');
});
