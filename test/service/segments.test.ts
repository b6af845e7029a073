import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { SegmentState } from '../../src/master/guard/segment.ts';
import { run } from '../../src/platform/command.ts';
import { temporaryDirectory } from '../../src/platform/files.ts';

const QUIET: SegmentState = { state: 'quiet' };
const REFUSED: SegmentState = {
  state: 'refused',
  reasons: [
    { code: 'default-route', sentence: 'A route leads here.', hint: 'remove it' },
    { code: 'look-failed', sentence: 'Nobody looked.', hint: 'wait' },
  ],
};

/** `events`: how many things must have happened before the next step. */
type Step = readonly [name: string, state: SegmentState, events?: number];

test('quiet: the address first, then the master, once; the end takes the address away', async (t) => {
  await using directory = await temporaryDirectory('recon-segments-');
  const result = await keep(t, join(directory.path, 'numbers'), [
    ['one', { state: 'looking' }],
    ['one', QUIET, 1],
    ['one', QUIET],
  ]);
  if (result === undefined) return;
  assert.deepEqual(result, { told: ['add one 10.77.0.1 (10.77.0.1/16)'], warnings: [], left: '' });
});

test('each interface has a number, which is the same after a restart, whoever is quiet first', async (t) => {
  await using directory = await temporaryDirectory('recon-segments-');
  const numbers = join(directory.path, 'numbers');
  const first = await keep(t, numbers, [
    ['one', QUIET, 1],
    ['two', QUIET],
  ]);
  if (first === undefined) return;
  assert.deepEqual(first.told, ['add one 10.77.0.1 (10.77.0.1/16)', 'add two 10.78.0.1 (10.78.0.1/16)']);
  assert.deepEqual(JSON.parse(await readFile(numbers, 'utf8')), { one: 0, two: 1 });
  const second = await keep(t, numbers, [
    ['two', QUIET, 1],
    ['one', QUIET],
  ]);
  assert.deepEqual(second?.told, ['add two 10.78.0.1 (10.78.0.1/16)', 'add one 10.77.0.1 (10.77.0.1/16)']);
});

test('not quiet any more: the master stops with the reason while it still has the address, which goes then', async (t) => {
  await using directory = await temporaryDirectory('recon-segments-');
  const numbers = join(directory.path, 'numbers');
  const result = await keep(t, numbers, [
    ['one', QUIET, 1],
    ['one', REFUSED, 2],
    ['one', REFUSED],
    ['one', QUIET, 3],
    ['one', { state: 'no-link' }],
  ]);
  if (result === undefined) return;
  assert.deepEqual(result, {
    told: [
      'add one 10.77.0.1 (10.77.0.1/16)',
      'stop one (10.77.0.1/16): A route leads here. Nobody looked.',
      'add one 10.77.0.1 (10.77.0.1/16)',
      'stop one (10.77.0.1/16): no-link',
    ],
    warnings: [],
    left: '',
  });
});

test('refused before quiet was worked off: the latest state counts, nothing is served', async (t) => {
  await using directory = await temporaryDirectory('recon-segments-');
  const result = await keep(t, join(directory.path, 'numbers'), [
    ['one', QUIET],
    ['one', REFUSED],
  ]);
  if (result === undefined) return;
  assert.deepEqual(result, { told: [], warnings: [], left: '' });
});

test('an interface that fails is said, and does not stop the others', async (t) => {
  await using directory = await temporaryDirectory('recon-segments-');
  const result = await keep(t, join(directory.path, 'numbers'), [
    ['absent', QUIET, 1],
    ['one', QUIET],
  ]);
  if (result === undefined) return;
  assert.deepEqual(result.told, ['add one 10.78.0.1 (10.78.0.1/16)']);
  assert.equal(result.warnings.length, 1);
  assert.match(result.warnings[0] ?? '', /^absent: /);
});

test('a file of numbers that is broken does not keep the master from starting', async (t) => {
  await using directory = await temporaryDirectory('recon-segments-');
  const numbers = join(directory.path, 'numbers');
  for (const text of ['', '{"one":', '[1]', '{"one":"0"}', '{"one":-4}']) {
    await writeFile(numbers, text);
    const result = await keep(t, numbers, [['one', QUIET]]);
    if (result === undefined) return;
    assert.deepEqual(result.told, ['add one 10.77.0.1 (10.77.0.1/16)'], text);
  }
});

/** Runs the keeper in a network namespace that goes away with it; undefined, and the test skipped, without root. */
async function keep(
  t: TestContext,
  numbersFile: string,
  steps: readonly Step[],
): Promise<{ told: string[]; warnings: string[]; left: string } | undefined> {
  if (process.geteuid?.() !== 0) {
    t.skip('a network namespace needs root');
    return undefined;
  }
  const program = join(import.meta.dirname, 'segments-process.ts');
  const result = await run(['unshare', '--net', process.execPath, program, numbersFile, JSON.stringify(steps)], { timeoutMs: 30_000 });
  assert.equal(result.exitCode, 0, result.stderr.toString());
  return JSON.parse(result.stdout.toString()) as { told: string[]; warnings: string[]; left: string };
}
