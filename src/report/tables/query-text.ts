import { csvLine } from '../../domain/values/csv-line.ts';
import { plainJson } from '../../domain/values/plain-json.ts';
import { cutToWidth, fittingWidths } from './fitting-widths.ts';

/** A value as a database gives it. */
export type QueryValue = string | number | bigint | Uint8Array | null;

export interface QueryResult {
  columns: readonly string[];
  rows: Iterable<readonly QueryValue[]>;
}

export type QueryFormat = 'table' | 'csv' | 'json';

/** The widths of a table come from so many rows; a value that is longer further down makes its own line longer. */
const MEASURED_ROWS = 1000;

/**
 * The result piece by piece: an aligned table, CSV (RFC 4180) with each text as it is, or a JSON array of objects.
 * @param widthColumns what a table may take in width: longer texts end with `…`, and one of too many columns has a line for each value
 */
export function queryText(result: QueryResult, format: QueryFormat, widthColumns = Number.POSITIVE_INFINITY): Iterable<string> {
  if (format === 'csv') return csvText(result);
  return format === 'json' ? jsonText(result) : tableText(result, widthColumns);
}

function* csvText({ columns, rows }: QueryResult): Generator<string> {
  yield csvLine(columns);
  for (const row of rows) yield csvLine(row.map(plain));
}

function* jsonText({ columns, rows }: QueryResult): Generator<string> {
  const names = columns.map((name, at) => (columns.indexOf(name) === at ? name : `${name}_${at + 1}`));
  let isFirst = true;
  for (const row of rows) {
    yield `${isFirst ? '[\n' : ',\n'}${plainJson(Object.fromEntries(names.map((name, at) => [name, jsonValue(row[at])])))}`;
    isFirst = false;
  }
  yield isFirst ? '[]\n' : '\n]\n';
}

function* tableText({ columns, rows }: QueryResult, widthColumns: number): Generator<string> {
  const measured: (readonly QueryValue[])[] = [];
  const widths = columns.map((name) => printable(name).length);
  let write: ((some: Iterable<readonly QueryValue[]>) => string) | undefined;
  for (const row of rows) {
    if (write !== undefined) {
      yield write([row]);
      continue;
    }
    measured.push(row);
    row.forEach((value, at) => {
      widths[at] = Math.max(widths[at] ?? 0, printable(plain(value)).length);
    });
    if (measured.length < MEASURED_ROWS) continue;
    const table = tableWriter(columns, widths, widthColumns);
    write = table.write;
    yield `${table.head}${write(measured)}`;
  }
  if (write !== undefined) return;
  const table = tableWriter(columns, widths, widthColumns);
  yield `${table.head}${table.write(measured)}`;
}

interface TableWriter {
  head: string;
  write(rows: Iterable<readonly QueryValue[]>): string;
}

function tableWriter(columns: readonly string[], wanted: readonly number[], widthColumns: number): TableWriter {
  const widths = fittingWidths(columns, wanted, widthColumns);
  if (widths === undefined) return valueWriter(columns, widthColumns);
  const isCut = widths.some((width, at) => width < (wanted[at] ?? 0));
  const head = [columns, columns.map((_name, at) => '-'.repeat(widths[at] ?? 0))].map((row) => line(row, widths, isCut)).join('');
  return { head, write: (rows) => Array.from(rows, (row) => line(row, widths, isCut)).join('') };
}

/** A line for each value, and an empty one behind each row. */
function valueWriter(columns: readonly string[], widthColumns: number): TableWriter {
  const names = Math.max(...columns.map((name) => printable(name).length));
  const lineOf = (value: QueryValue, at: number): string =>
    cutToWidth(`${printable(columns[at] ?? '').padEnd(names)}  ${printable(plain(value))}`, widthColumns).trimEnd();
  return { head: '', write: (rows) => Array.from(rows, (row) => `${row.map(lineOf).join('\n')}\n\n`).join('') };
}

function line(row: readonly QueryValue[], widths: readonly number[], isCut: boolean): string {
  const cells = row.map((value, at) => {
    const width = widths[at] ?? 0;
    const whole = printable(plain(value));
    const text = isCut ? cutToWidth(whole, width) : whole;
    return typeof value === 'number' || typeof value === 'bigint' ? text.padStart(width) : text.padEnd(width);
  });
  return `${cells.join('  ').trimEnd()}\n`;
}

function plain(value: QueryValue | undefined): string {
  if (value === null || value === undefined) return '';
  return value instanceof Uint8Array ? hexadecimal(value) : String(value);
}

/** What a machine says of itself must not steer a terminal (ECMA-48 control functions), and a row stays one line. */
function printable(text: string): string {
  return text.replaceAll(/[\x00-\x1f\x7f-\x9f]+/g, ' ');
}

/** Numbers that JSON readers cannot hold exactly (RFC 8259, section 6) become text. */
function jsonValue(value: QueryValue | undefined): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return value instanceof Uint8Array ? hexadecimal(value) : (value ?? null);
}

function hexadecimal(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
