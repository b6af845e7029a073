import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { csvLine, spreadsheetLine } from '../../../src/report/export/csv-line.ts';
import { exported } from './odd-visit.ts';
import { readCells, readCsv } from './read-csv.ts';

const NASTY = fc.string({ unit: fc.constantFrom(...`=+-@'",;\t\r\n a1${String.fromCodePoint(0xff1d, 0x1f4be)}`), maxLength: 8 });
/** What Excel, LibreOffice and Google Sheets take for a formula, or for the sign that a text follows. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

test('csvLine: every text comes back as it was', () => {
  fc.assert(
    fc.property(fc.array(NASTY, { minLength: 1 }), (cells) => {
      assert.deepEqual(readCells(csvLine(cells)), [cells]);
    }),
  );
});

test('spreadsheetLine: no cell is a formula, and without one apostrophe at its beginning every text is as it was', () => {
  fc.assert(
    fc.property(fc.array(NASTY, { minLength: 1 }), (cells) => {
      const [read = []] = readCells(spreadsheetLine(cells));
      for (const cell of read) assert.doesNotMatch(cell, FORMULA);
      assert.deepEqual(
        read.map((cell) => cell.replace(/^'/, '')),
        cells,
      );
    }),
  );
});

test('csv: what machines say can be read back from the four tables', async () => {
  const { files } = await exported('csv');
  const read = (file: string) =>
    readCsv(files.get(file) ?? '').map((row) =>
      Object.fromEntries(Object.entries(row).map(([key, cell]) => [key, cell.replace(/^'/, '')])),
    );
  const machines = read('machines.csv');
  assert.deepEqual(
    machines.map(({ serial }) => serial),
    [
      ...[
        'ABC123',
        'TWICE',
        'TWICE',
        'A-1',
        'a 1',
        '"; }\nhost evil { }\n#',
        "=cmd|'/c calc'!A1",
        '{{ lookup("pipe", "id") }}',
        '$(id)`id`',
      ],
      ...['localhost', '9LIVES', 'Ñandú', 'S'.repeat(60), ''],
    ],
  );
  assert.deepEqual([machines[6]?.['vendor'], machines[6]?.['product']], ['+1', "'@SUM(1)"]);
  const hosts = new Set(machines.map(({ host }) => host));
  for (const [file, count] of [
    ['disks.csv', 13],
    ['dimms.csv', 13],
    ['nics.csv', 22],
  ] as const) {
    const rows = read(file);
    assert.equal(rows.length, count, file);
    for (const row of rows) assert.ok(hosts.has(row['host']), `${file}: ${row['host']}`);
  }
});
