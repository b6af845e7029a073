import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeSampleReport } from '../../src/demo/sample-report.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';

const SAMPLE = join(import.meta.dirname, '../../docs/sample-report.html');

test('docs/sample-report.html is the one that the code makes today; `make sample` makes it anew', async () => {
  await using directory = await temporaryDirectory('recon-sample-');
  const { path, sizeBytes } = await writeSampleReport(directory.path);
  assert.ok(sizeBytes < 1_500_000, `${sizeBytes} bytes are too many to commit`);
  // not assert.equal: a failure would print megabytes
  assert.ok((await readFile(path)).equals(await readFile(SAMPLE)), 'docs/sample-report.html is stale: make sample, and look at it');
});
