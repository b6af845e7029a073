import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { mayWrite } from '../../../src/platform/files/may-write.ts';

test('a folder of ours may be written to; what is not there may not', async () => {
  await using directory = await temporaryDirectory('recon-write-');
  assert.deepEqual([await mayWrite(directory.path), await mayWrite(join(directory.path, 'nothing'))], [true, false]);
});
