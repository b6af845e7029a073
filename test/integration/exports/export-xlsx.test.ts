import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { run } from '../../../src/platform/process/command.ts';
import { XLSX } from '../../../src/report/export/formats/xlsx.ts';
import { exported, machinesOf, ODD_NODES, ODD_VISIT } from '../../report/export/odd-visit.ts';
import { readCells } from '../../report/export/read-csv.ts';

/** Debian's own Python, which has Debian's openpyxl. Every cell with the type that the file gives it: `s` text, `n` a number or nothing, `f` a formula. */
const READ = `
import json, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
print(json.dumps([{
    'name': sheet.title, 'frozen': sheet.freeze_panes, 'filter': sheet.auto_filter.ref,
    'widths': [sheet.column_dimensions[column].width for column in sheet.column_dimensions],
    'rows': [[[cell.data_type, '' if cell.value is None else str(cell.value), cell.number_format] for cell in row] for row in sheet.iter_rows()],
} for sheet in book]))
`;

interface ReadSheet {
  name: string;
  frozen: string;
  filter: string;
  widths: number[];
  rows: [type: string, value: string, form: string][][];
}

test('openpyxl reads in the workbook what csv says, every text as text and no formula', async (context) => {
  await using directory = await temporaryDirectory('recon-xlsx-');
  const path = join(directory.path, 'machines.xlsx');
  await writeFile(path, await XLSX.bytes(machinesOf(ODD_NODES), ODD_VISIT, assert.fail, { settings: {} }));
  const result = await run(['/usr/bin/python3', '-c', READ, path], { timeoutMs: 60_000 });
  if (result.status === 'absent' || /No module named 'openpyxl'/.test(result.stderr.toString()))
    return context.skip('python3-openpyxl is not installed');
  assert.equal(result.exitCode, 0, result.stderr.toString());
  const sheets = JSON.parse(result.stdout.toString()) as ReadSheet[];
  const { files } = await exported('csv');
  assert.deepEqual(
    sheets.map(({ name }) => `${name}.csv`),
    [...files.keys()],
  );
  for (const { name, frozen, filter, widths, rows } of sheets) {
    const expected = readCells(files.get(`${name}.csv`) ?? '').map((cells) => cells.map((cell) => cell.replace(/^'/, '')));
    assert.deepEqual(
      rows.map((cells) => cells.map(([, value]) => value.replaceAll('\r\n', '\n'))),
      expected.map((cells) => cells.map((cell) => cell.replaceAll('\r\n', '\n'))),
      name,
    );
    assert.equal(frozen, 'A2', name);
    assert.match(filter, new RegExp(`^A1:[A-Z]+${rows.length}$`), name);
    assert.ok(
      widths.every((width) => width >= 8 && width <= 48),
      `${name}: ${widths}`,
    );
    for (const [type, value, form] of rows.flat()) {
      assert.notEqual(type, 'f', value);
      if (type === 's') assert.equal(form, '@', value);
      if (type === 'n' && value !== '') assert.equal(form, '0', value);
    }
  }
});

test('openpyxl: serial numbers of digits alone, and what begins like a formula, are texts', async (context) => {
  await using directory = await temporaryDirectory('recon-xlsx-');
  const path = join(directory.path, 'machines.xlsx');
  const nodes = ODD_NODES.map((node) => structuredClone(node));
  const serials = ['00123', '1E5', '=1+1', '+49', '-7', '@SUM(1)', 'constructor', '2026-11-30'];
  for (const [at, serial] of serials.entries()) {
    const { system } = nodes[at]?.record?.sections ?? {};
    if (system?.status === 'ok') system.data.serial = serial;
  }
  await writeFile(path, await XLSX.bytes(machinesOf(nodes), ODD_VISIT, assert.fail, { settings: {} }));
  const result = await run(['/usr/bin/python3', '-c', READ, path], { timeoutMs: 60_000 });
  if (result.status === 'absent' || /No module named 'openpyxl'/.test(result.stderr.toString()))
    return context.skip('python3-openpyxl is not installed');
  const [machines] = JSON.parse(result.stdout.toString()) as ReadSheet[];
  const [headings = [], ...rows] = machines?.rows ?? [];
  const at = headings.findIndex(([, heading]) => heading === 'serial');
  assert.deepEqual(
    rows.slice(0, serials.length).map((cells) => cells[at]?.slice(0, 2)),
    serials.map((serial) => ['s', serial]),
  );
});
