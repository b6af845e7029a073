import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { waitFor } from '../../../src/platform/process/wait-for.ts';
import type { BenchRow } from './row.ts';
import { outcomes, runRow } from './run-row.ts';

const ROW: BenchRow = {
  ...{ name: 'one', measures: 'something', file: 'one.bench.ts', minutes: 1 },
  lines: [
    { id: 'one.a', what: 'a', unit: 'ms' },
    { id: 'one.b', what: 'b', unit: 'ms' },
  ],
};
const states = (told: Parameters<typeof outcomes>[1], fault?: string): string[] =>
  outcomes(ROW, told, fault).map(({ status, reason, ours }) => `${status} ${reason ?? ours?.median}`);

test('each line of a row has an outcome, whatever its bench told', () => {
  assert.deepEqual(states([{ id: 'one.b', ours: [2] }, { notRun: 'no root' }]), ['not-run no root', 'measured 2']);
  assert.deepEqual(
    states([
      { notRun: 'no LONG=1', ids: ['one.b'] },
      { id: 'one.a', ours: [1] },
    ]),
    ['measured 1', 'not-run no LONG=1'],
  );
  assert.deepEqual(states([{ id: 'one.a', ours: [1] }], 'Error: full'), ['measured 1', 'failed Error: full'], 'what was told before stays');
  assert.deepEqual(states([]), Array(2).fill('failed test/bench/one.bench.ts said nothing of it'));
});

test('a row that fails gives its error, and leaves no process behind', { timeout: 120_000 }, async () => {
  await using directory = await temporaryDirectory('recon-bench-');
  const path = join(directory.path, 'bench.ts');
  await writeFile(
    path,
    `import { spawn } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
const left = spawn('sleep', ['600'], { stdio: 'ignore' });
left.unref();
writeFileSync(${JSON.stringify(join(directory.path, 'pid'))}, String(left.pid));
appendFileSync(process.env.RECON_BENCH_RESULTS, '{"id":"one.a","ours":[7]}\\n');
throw new Error('the medium is full');
`,
  );
  const row = { ...ROW, file: relative(join(import.meta.dirname, '..'), path) };
  const results = await runRow(row, { signal: new AbortController().signal });
  assert.deepEqual(
    results.map(({ status, reason, ours }) => [status, reason ?? ours?.median]),
    [
      ['measured', 7],
      ['failed', 'Error: the medium is full'],
    ],
  );
  const pid = await readFile(join(directory.path, 'pid'), 'utf8');
  const isGone = async (): Promise<true | undefined> => {
    const state = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => ') Z');
    return /\) [ZX]/.test(state) ? true : undefined;
  };
  assert.ok(await waitFor(isGone, { timeoutMs: 60_000, pauseMs: 50 }), 'what the bench had started still runs');
});
