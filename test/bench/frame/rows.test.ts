import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { chooseRows } from './choose-rows.ts';
import { BENCH_ROWS } from './rows.ts';
import { tell, tellNotRun } from './tell.ts';
import { pageWithTable, WrittenTable } from './written-table.ts';

const [BENCH, DOCS] = [join(import.meta.dirname, '..'), join(import.meta.dirname, '../../../docs')];

test('each bench is a row, and each row has its bench', async () => {
  const files = (await readdir(BENCH)).filter((name) => name.endsWith('.bench.ts'));
  assert.deepEqual(BENCH_ROWS.map(({ file }) => file).sort(), files.sort());
  for (const { name, file, lines } of BENCH_ROWS) {
    assert.equal(file, `${name}.bench.ts`);
    assert.ok(lines.length > 0, name);
    for (const { id, goal, theirs } of lines) {
      assert.ok(id.startsWith(`${name}.`), id);
      assert.ok(goal?.of !== 'ratio' || theirs !== undefined, `${id}: a ratio to what?`);
    }
  }
  const ids = BENCH_ROWS.flatMap(({ lines }) => lines.map(({ id }) => id));
  assert.equal(new Set(ids).size, ids.length, 'two lines have one id');
});

test('a row is found by its name, several with commas, and a wrong name says the nearest and lists the rows', () => {
  const names = (wanted: string): unknown => {
    const found = chooseRows(wanted, BENCH_ROWS);
    return 'rows' in found ? found.rows.map(({ name }) => name) : found.mistake;
  };
  assert.deepEqual(
    names(''),
    BENCH_ROWS.map(({ name }) => name),
  );
  assert.deepEqual(names('leases'), ['leases']);
  assert.deepEqual(names('report,leases'), ['leases', 'report'], 'in the order of the list');
  assert.match(String(names('reprot')), /^There is no row reprot\. Is it report\? The rows are:\n( {2}\S+ +\S.*\n)+$/);
  assert.match(String(names('xxxxxxxxxxxxxxxx')), /^There is no row xxxxxxxxxxxxxxxx\. The rows are:\n/);
});

test('what is no line of the list is told by nobody', () => {
  assert.throws(() => tell('leases.p98', { ours: [1] }), /leases\.p98 is no line/);
  assert.throws(() => tellNotRun('no root', ['leases.p98']), /leases\.p98 is no line/);
  assert.throws(() => tell('leases.p99', { ours: [] }), /nothing was measured/);
  assert.throws(() => tell('leases.p99', { ours: [1], theirs: [Number.NaN] }), /nothing was measured/);
});

test('the table of docs/performance.md is the one of docs/performance.json', async () => {
  const table = WrittenTable.parse(JSON.parse(await readFile(join(DOCS, 'performance.json'), 'utf8')));
  const page = await readFile(join(DOCS, 'performance.md'), 'utf8');
  assert.equal(pageWithTable(page, table), page);
});
