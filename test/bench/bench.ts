/**
 * `make bench`: everything of frame/rows.ts, or what `ROW=` names, one after the other, and one table of it on stdout. Progress is on stderr, the same as JSON in
 * builds/bench. `DOCS=1` writes docs/performance.json and the table in docs/performance.md as well. A missed goal is no failure, a row that fails is.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseRows, rowList } from './frame/choose-rows.ts';
import { loadNow, machineWords, thisMachine } from './frame/machine.ts';
import type { BenchResult } from './frame/result.ts';
import { BENCH_ROWS } from './frame/rows.ts';
import { runRow } from './frame/run-row.ts';
import { textTable } from './frame/table.ts';
import { pageWithTable, WrittenTable, withRun } from './frame/written-table.ts';

const ROOT = join(import.meta.dirname, '../..');
const { ROW = '', DOCS = '', HELP = '' } = process.env;

if (HELP !== '') {
  process.stdout.write(`make bench [ROW=name,name] [LONG=1] [DOCS=1]\n\nThe rows:\n${rowList(BENCH_ROWS)}`);
  process.exit();
}
const chosen = chooseRows(ROW, BENCH_ROWS);
if ('mistake' in chosen) {
  process.stderr.write(chosen.mistake);
  process.exit(2);
}
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());

const machine = await thisMachine(ROOT);
const results: BenchResult[] = [];
for (const [at, row] of chosen.rows.entries()) {
  if (interrupted.signal.aborted) break;
  process.stderr.write(`[${at + 1} of ${chosen.rows.length}] ${row.name}: ${row.measures}\n`);
  results.push(...(await runRow(row, { signal: interrupted.signal })));
}
machine.loadAfter = loadNow();

process.stdout.write(`${textTable(machineWords(machine), results)}\n`);
const directory = join(ROOT, 'builds/bench');
await mkdir(directory, { recursive: true });
const path = join(directory, `${machine.at.replaceAll(/[:.]/g, '-')}.json`);
await writeFile(path, `${JSON.stringify({ ...machine, results }, undefined, 1)}\n`);
process.stderr.write(`${path}\n`);
if (DOCS !== '') await writeDocs();
const failed = results.filter(({ status }) => status === 'failed');
if (failed.length > 0) process.stderr.write(`failed: ${failed.map(({ id }) => id).join(', ')}\n`);
process.exitCode = interrupted.signal.aborted ? 130 : failed.length > 0 ? 1 : 0;

async function writeDocs(): Promise<void> {
  const [json, page] = [join(ROOT, 'docs/performance.json'), join(ROOT, 'docs/performance.md')];
  const table = withRun(WrittenTable.parse(JSON.parse(await readFile(json, 'utf8'))), BENCH_ROWS, { machine, results });
  await writeFile(json, `${JSON.stringify(table, undefined, 1)}\n`);
  await writeFile(page, pageWithTable(await readFile(page, 'utf8'), table));
}
