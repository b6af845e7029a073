import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { ColumnMap } from '../../src/desk/column-map.ts';
import { CSV_TABLES } from '../../src/report/export/csv-tables.ts';
import { settingsFromText } from '../../src/settings/settings-text.ts';
import { exported } from '../report/export/odd-visit.ts';
import { readCells } from '../report/export/read-csv.ts';

test('only its tables, its columns in its order, under its headings', async () => {
  const columnMap = parsed(
    'machines:\n  Seriennummer: serial\n  Name: host\n  Architektur: cpuArchitecture\nnics:\n  Port: name\n  Of: machineMac\n',
  );
  const { files } = await exported('csv', { columnMap });
  assert.deepEqual([...files.keys()], ['machines.csv', 'nics.csv']);
  const machines = readCells(files.get('machines.csv') ?? '');
  assert.deepEqual(machines.slice(0, 2), [
    ['Seriennummer', 'Name', 'Architektur'],
    ['ABC123', 'sn-abc123', 'x86_64'],
  ]);
  assert.ok(
    machines.some(([serial]) => serial === "'=cmd|'/c calc'!A1"),
    'formulas stay texts',
  );
  assert.deepEqual(readCells(files.get('nics.csv') ?? '')[0], ['Port', 'Of']);
});

test('a map of all usual columns gives what the export gives without one', async () => {
  const tables = Object.entries(CSV_TABLES).map(([name, { usual }]) => [name, Object.fromEntries(usual.map((column) => [column, column]))]);
  const columnMap = ColumnMap.parse(Object.fromEntries(tables));
  assert.deepEqual((await exported('csv', { columnMap })).files, (await exported('csv')).files);
});

test('a heading may begin like a formula, and becomes a text', async () => {
  const { files } = await exported('csv', { columnMap: parsed('machines:\n  "=1+1": host\n') });
  assert.equal(readCells(files.get('machines.csv') ?? '')[0]?.[0], "'=1+1");
});

for (const [text, line, said] of [
  ['machines:\n  Name: host\n  Serial: serail\n', 3, 'machines.Serial: machines has no column "serail"; did you mean "serial"?'],
  ['disks:\n  Size: size_bytes\n', 2, 'disks.Size: disks has no column "size_bytes"; did you mean "sizeBytes"?'],
  ['nics:\n  X: zzzzzzzzzzzzzzzz\n', 2, /^nics\.X: nics has no column "z+"; its columns are host, machineMac, name, /],
  ['machine:\n  Name: host\n', 1, '"machine" is not a setting'],
  ['machines:\n  Name: host\n  Name: serial\n', 3, /twice|unique/i],
  ['machines:\n  2026: host\n', 1, /digits alone would lose its place/],
  ['machines: {}\n', 1, 'machines: it has no columns: write a heading, a colon and a column'],
  ['# nothing\n', 1, /it names no table: machines, disks, /],
  ['machines:\n  Name: [host]\n', 2, /a text is wanted/],
] as const)
  test(`refused with its line: ${JSON.stringify(text)}`, () => {
    const result = settingsFromText(text, ColumnMap);
    assert.equal(result.outcome, 'wrong');
    const [first] = result.mistakes;
    assert.equal(first?.line, line, JSON.stringify(result.mistakes));
    if (typeof said === 'string') assert.equal(first.message, said);
    else assert.match(first.message, said);
  });

test('the example of docs/export.md is one', async () => {
  const document = await readFile(join(import.meta.dirname, '../../docs/export.md'), 'utf8');
  const example = /\n\n((?: {4}.*\n)+)/.exec(document.slice(document.indexOf('--map map.yaml')))?.[1]?.replaceAll(/^ {4}/gm, '');
  assert.deepEqual(Object.keys(parsed(example ?? '')), ['machines', 'disks']);
});

function parsed(text: string): ColumnMap {
  const result = settingsFromText(text, ColumnMap);
  assert.equal(result.outcome, 'ok', JSON.stringify(result));
  return result.settings;
}
