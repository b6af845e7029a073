import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { receivedFile } from '../../../src/platform/files/received-file.ts';

async function* pieces(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

test('what is sent is a file of this user alone until it is used; what is too long, and what breaks off, leaves nothing', async () => {
  await using directory = await temporaryDirectory('recon-received-');
  const path = join(directory.path, 'f');
  {
    await using _file = await receivedFile(path, pieces('ab', 'cd'), 4);
    assert.deepEqual([await readFile(path, 'utf8'), (await stat(path)).mode & 0o777], ['abcd', 0o600]);
  }
  await assert.rejects(receivedFile(path, pieces('ab', 'cde'), 4), { code: 'body-too-large' });
  const breaking = async function* () {
    yield Buffer.from('ab');
    throw new Error('gone');
  };
  await assert.rejects(receivedFile(path, breaking(), 4), { message: 'gone' });
  assert.deepEqual(await readdir(directory.path), []);
});
