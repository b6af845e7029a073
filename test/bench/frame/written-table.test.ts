import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BenchMachine } from './machine.ts';
import { measured, unmeasured } from './result.ts';
import type { BenchLine, BenchRow } from './row.ts';
import { pageWithTable, type WrittenTable, withRun } from './written-table.ts';

const line = (id: string): BenchLine => ({ id, what: id, unit: 'ms' });
const ROWS: BenchRow[] = [
  { name: 'one', measures: '', file: '', minutes: 1, lines: [line('one.a'), line('one.b')] },
  { name: 'two', measures: '', file: '', minutes: 1, lines: [line('two.a')] },
];
const machine = (at: string): BenchMachine => ({ at, commit: 'abcd', machine: 'a machine', loadBefore: 1, loadAfter: 2 });
const run = (at: string, results: Parameters<typeof withRun>[2]['results']): Parameters<typeof withRun>[2] => ({
  machine: machine(at),
  results,
});
const EMPTY: WrittenTable = { runs: [], results: [] };

test('a run takes the place of what it measured again, and of nothing else', () => {
  const first = withRun(
    EMPTY,
    ROWS,
    run('2026-11-01T10:00:00Z', [measured('two', line('two.a'), { ours: [1] }), measured('one', line('one.a'), { ours: [2] })]),
  );
  assert.deepEqual(
    first.results.map(({ id, run }) => [id, run]),
    [
      ['one.a', 0],
      ['two.a', 0],
    ],
  );
  const second = withRun(
    first,
    ROWS,
    run('2026-11-02T10:00:00Z', [measured('one', line('one.a'), { ours: [3] }), unmeasured('one', line('one.b'), 'not-run', 'no root')]),
  );
  assert.deepEqual(
    second.results.map(({ id, run, ours }) => [id, run, ours?.median]),
    [
      ['one.a', 1, 3],
      ['one.b', 1, undefined],
      ['two.a', 0, 1],
    ],
  );
  assert.ok(second.results.every((one) => !('samples' in one)));
  const third = withRun(
    second,
    ROWS,
    run('2026-11-03T10:00:00Z', [unmeasured('one', line('one.a'), 'failed', 'full'), measured('two', line('two.a'), { ours: [4] })]),
  );
  assert.deepEqual(
    third.results.map(({ id, run, ours }) => [id, run, ours?.median]),
    [
      ['one.a', 0, 3],
      ['one.b', 0, undefined],
      ['two.a', 1, 4],
    ],
    'a figure of an earlier day stays',
  );
  assert.deepEqual(
    third.runs.map(({ at }) => at.slice(0, 10)),
    ['2026-11-02', '2026-11-03'],
    'a run of which nothing stands any more goes',
  );
  assert.deepEqual(
    withRun(third, ROWS.slice(1), run('2026-11-04T10:00:00Z', [])).results.map(({ id }) => id),
    ['two.a'],
  );
});

test('the page has the table between its marks, and the rest as it was', () => {
  const page = 'before\n<!-- made by `make bench DOCS=1` -->\nold\n<!-- end of what is made -->\nafter\n';
  const table = withRun(EMPTY, ROWS, run('2026-11-01T10:00:00Z', [measured('one', line('one.a'), { ours: [2] })]));
  const text = pageWithTable(page, table);
  assert.equal(
    text,
    `before
<!-- made by \`make bench DOCS=1\` -->

| row | what | ours | theirs | ratio | goal | met | day |
| --- | --- | --- | --- | --- | --- | --- | --- |
| \`one\` | one.a | 2 ms |  |  |  |  | 2026-11-01 (1) |

Runs:

1. 2026-11-01 10:00 UTC, commit abcd, a machine, load 1 before and 2 after

<!-- end of what is made -->
after
`,
  );
  assert.equal(pageWithTable(text, table), text);
  assert.throws(() => pageWithTable('nothing', table), /lacks/);
});
