import { nearestWord } from '../../../src/domain/values/nearest-word.ts';
import type { BenchRow } from './row.ts';

/** The rows that `ROW=` names, several with commas between; all of them when it is empty. A wrong name gives what to say of it. */
export function chooseRows(wanted: string, rows: readonly BenchRow[]): { rows: readonly BenchRow[] } | { mistake: string } {
  const names = wanted.split(',').filter(Boolean);
  if (names.length === 0) return { rows };
  const known = rows.map(({ name }) => name);
  const wrong = names.find((name) => !known.includes(name));
  if (wrong === undefined) return { rows: rows.filter(({ name }) => names.includes(name)) };
  const near = nearestWord(wrong, known);
  return { mistake: `There is no row ${wrong}.${near === undefined ? '' : ` Is it ${near}?`} The rows are:\n${rowList(rows)}` };
}

/** A line for each row: its name and what it measures. */
export function rowList(rows: readonly BenchRow[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows.map(({ name, measures }) => `  ${name.padEnd(width)}  ${measures}\n`).join('');
}
