import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { appendUnsynced, writeUnsynced } from '../../../src/platform/files/unsynced-files.ts';

async function* pieces(...texts: string[]): AsyncGenerator<string> {
  yield* texts;
}

test('pieces take the place of what was there, and none make an empty file', async () => {
  await using directory = await temporaryDirectory('recon-unsynced-');
  const path = join(directory.path, 'ledger.jsonl');
  await writeUnsynced(path, pieces('ä long line\n', 'another\n'));
  assert.equal(await readFile(path, 'utf8'), 'ä long line\nanother\n');
  await writeUnsynced(path, pieces('short\n'));
  assert.equal(await readFile(path, 'utf8'), 'short\n');
  await writeUnsynced(path, pieces());
  assert.equal(await readFile(path, 'utf8'), '');
  await assert.rejects(writeUnsynced(join(path, 'below a file'), pieces('x')), { code: 'ENOTDIR' });
});

test('bytes are put behind those that are there', async () => {
  await using directory = await temporaryDirectory('recon-unsynced-');
  const path = join(directory.path, 'capture.jsonl.gz');
  await appendUnsynced(path, Buffer.from([0x1f, 0x8b]));
  await appendUnsynced(path, Buffer.from([0xff]));
  assert.deepEqual(await readFile(path), Buffer.from([0x1f, 0x8b, 0xff]));
  await assert.rejects(appendUnsynced(join(directory.path, 'none', 'x'), Buffer.alloc(1)), { code: 'ENOENT' });
});
