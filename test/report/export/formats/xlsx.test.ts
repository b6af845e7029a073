import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readXlsx } from 'hucre/xlsx';
import type { ChosenColumns } from '../../../../src/report/export/csv-tables.ts';
import { XLSX } from '../../../../src/report/export/formats/xlsx.ts';
import type { VisitNode } from '../../../../src/tarball/visit.ts';
import { recordFor } from '../../../master/fixture-records.ts';
import { exported, machinesOf, ODD_NODES, ODD_VISIT } from '../odd-visit.ts';
import { readCells } from '../read-csv.ts';

test('xlsx: a sheet for each file of csv, with the same cells', async () => {
  const { files } = await exported('csv');
  const { sheets } = await workbook();
  assert.deepEqual(
    sheets.map(({ name }) => `${name}.csv`),
    [...files.keys()],
  );
  for (const { name, rows } of sheets) assert.deepEqual(rows.map(asText), withoutApostrophes(files.get(`${name}.csv`) ?? ''), name);
});

test('xlsx: what looks like a number or a formula is text; numbers are those of sizes and counts', async () => {
  const nodes = ['00123', '1E5', '=1+1', '-7', 'constructor', '__proto__', '12345678901234567890'].map(nodeOf);
  const { sheets } = await workbook(nodes);
  const [headings = [], ...rows] = sheets.find(({ name }) => name === 'machines')?.rows ?? [];
  const column = (name: string) => rows.map((row) => row[headings.indexOf(name)]);
  assert.deepEqual(column('serial'), ['00123', '1E5', '=1+1', '-7', 'constructor', '__proto__', '12345678901234567890']);
  assert.deepEqual([...new Set(column('mac').map((cell) => typeof cell))], ['string']);
  assert.deepEqual([...new Set(column('cpuCores').map((cell) => typeof cell))], ['number']);
  for (const { cells = new Map() } of sheets) for (const cell of cells.values()) assert.equal(cell.formula, undefined);
});

test('xlsx: the same visit makes the same file, and a map of columns holds for it as well', async () => {
  assert.deepEqual(await bytesOf(), await bytesOf());
  const { sheets } = await workbook(ODD_NODES, { disks: { Rechner: 'host', Platte: 'serial' } });
  assert.deepEqual(
    sheets.map(({ name, rows }) => [name, rows[0]]),
    [['disks', ['Rechner', 'Platte']]],
  );
});

test('xlsx: a text that no cell has room for loses its end, and that is said', async () => {
  const leftOut: string[] = [];
  const long = 'x'.repeat(40_000);
  const { sheets } = await readXlsx(
    await XLSX.bytes(machinesOf([nodeOf(long)]), ODD_VISIT, (reason) => leftOut.push(reason), { settings: {} }),
  );
  const serial = sheets[0]?.rows[1]?.[sheets[0].rows[0]?.indexOf('serial') ?? -1];
  assert.equal(serial, 'x'.repeat(32_767));
  assert.deepEqual(leftOut, ['the end of a text of more than 32767 characters']);
});

function nodeOf(serial: string, at = 0): VisitNode {
  return { mac: `52:54:00:00:00:0${at}`, revision: 1, record: recordFor(serial) };
}

async function bytesOf(nodes: readonly VisitNode[] = ODD_NODES, columnMap?: ChosenColumns): Promise<Uint8Array> {
  return XLSX.bytes(machinesOf(nodes), ODD_VISIT, assert.fail, { settings: {}, ...(columnMap && { columnMap }) });
}

async function workbook(nodes: readonly VisitNode[] = ODD_NODES, columnMap?: ChosenColumns) {
  return readXlsx(await bytesOf(nodes, columnMap));
}

/** As csv writes a cell; a spreadsheet tells an empty text from no cell. */
function asText(cells: readonly unknown[]): string[] {
  return cells.map((cell) => (cell === null || cell === undefined ? '' : String(cell)));
}

function withoutApostrophes(text: string): string[][] {
  return readCells(text).map((cells) => cells.map((cell) => cell.replace(/^'/, '')));
}
