import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { exists, temporaryDirectory } from '../../../src/platform/files/files.ts';
import { showInPager } from '../../../src/platform/process/pager.ts';

const LONG = 'a\nb\u001b[2J\nc\nd\n';

test('a text that is longer than the terminal goes to the pager, harmless; all others are printed', async () => {
  await using directory = await temporaryDirectory('recon-pager-');
  const path = join(directory.path, 'shown');
  const script = join(directory.path, 'keeps');
  await writeFile(script, 'cat > "$1"\n');
  const PAGER = `sh ${script} ${path}`;
  for (const [text, rows, pager] of [
    ['a\nb\n', 3, PAGER],
    [LONG, undefined, PAGER],
    [LONG, 3, ' '],
    [LONG, 3, 'no-such-program-of-recon'],
  ] as const)
    assert.equal(await showInPager(text, { environment: { PAGER: pager }, rows }), false);
  assert.equal(await exists(path), false);
  assert.equal(await showInPager(LONG, { environment: { PAGER }, rows: 3 }), true);
  assert.equal(await readFile(path, 'utf8'), 'a\nb?[2J\nc\nd\n');
});

test('a pager that reads nothing is no failure, and one that a signal ends is', async () => {
  const long = 'x\n'.repeat(500_000);
  assert.equal(await showInPager(long, { environment: { PAGER: 'true' }, rows: 3 }), true);
  await using directory = await temporaryDirectory('recon-pager-');
  const script = join(directory.path, 'ends');
  await writeFile(script, 'kill -TERM $$\n');
  await assert.rejects(showInPager(LONG, { environment: { PAGER: `sh ${script}` }, rows: 3 }), {
    code: 'command-failed',
    message: 'sh was ended by SIGTERM',
  });
});
