import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { openSegmentNumbers } from '../../../src/service/segments/numbers.ts';

test('each interface has a number of its own, which outlives a restart and a new name', async () => {
  await using directory = await temporaryDirectory('recon-numbers-');
  const path = join(directory.path, 'numbers.json');
  const numbers = await openSegmentNumbers(path);
  assert.deepEqual([await numbers.of('eno1'), await numbers.of('eno2'), await numbers.of('eno1')], [0, 1, 0]);
  assert.deepEqual(JSON.parse(await readFile(path, 'utf8')), { eno1: 0, eno2: 1 });
  await numbers.rename('eno1', 'lan0');
  await numbers.rename('never-seen', 'eno9');
  const again = await openSegmentNumbers(path);
  assert.deepEqual([await again.of('lan0'), await again.of('eno9'), await again.of('eno1')], [0, 2, 3]);
});

test('an interface may get its own number first, and then those that nobody has', async () => {
  await using directory = await temporaryDirectory('recon-numbers-');
  const numbers = await openSegmentNumbers(join(directory.path, 'numbers.json'));
  assert.deepEqual(numbers.candidates('eno1', new Set([0, 2]), 3), [1, 3, 4]);
  await numbers.take('eno1', 3);
  await numbers.take('eno2', 1);
  assert.deepEqual(numbers.candidates('eno1', new Set(), 2), [3, 0, 2]);
  assert.deepEqual([numbers.candidates('eno3', new Set([0]), 2), await numbers.of('eno1')], [[2, 4], 3]);
});

test('a number that is taken by an interface which is not there stays taken', async () => {
  await using directory = await temporaryDirectory('recon-numbers-');
  const path = join(directory.path, 'numbers.json');
  await writeFile(path, JSON.stringify({ gone: 4 }));
  const numbers = await openSegmentNumbers(path);
  assert.equal(await numbers.of('eno1'), 5);
});

for (const text of ['', '{"one":', '[1]', '{"one":"0"}', '{"one":-4}']) {
  test(`a file that says ${JSON.stringify(text)} is none`, async () => {
    await using directory = await temporaryDirectory('recon-numbers-');
    const path = join(directory.path, 'numbers.json');
    await writeFile(path, text);
    assert.equal(await (await openSegmentNumbers(path)).of('one'), 0);
  });
}
