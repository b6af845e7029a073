import { csvLine } from '../../domain/values/csv-line.ts';
import { plainJson } from '../../domain/values/plain-json.ts';

/** A value as a database gives it. */
export type QueryValue = string | number | bigint | Uint8Array | null;

export interface QueryResult {
  columns: readonly string[];
  rows: Iterable<readonly QueryValue[]>;
}

export type QueryFormat = 'table' | 'csv' | 'json';

/** The widths of a table come from so many rows; a value that is longer further down makes its own line longer. */
const MEASURED_ROWS = 1000;

/** The result piece by piece: an aligned table, CSV (RFC 4180) with each text as it is, or a JSON array of objects. */
export function queryText(result: QueryResult, format: QueryFormat): Iterable<string> {
  if (format === 'csv') return csvText(result);
  return format === 'json' ? jsonText(result) : tableText(result);
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

function* tableText({ columns, rows }: QueryResult): Generator<string> {
  const measured: (readonly QueryValue[])[] = [];
  const widths = columns.map((name) => printable(name).length);
  const write = (): string =>
    [columns, columns.map((_name, at) => '-'.repeat(widths[at] ?? 0)), ...measured].map((row) => line(row, widths)).join('');
  let isMeasuring = true;
  for (const row of rows) {
    if (!isMeasuring) {
      yield line(row, widths);
      continue;
    }
    measured.push(row);
    row.forEach((value, at) => {
      widths[at] = Math.max(widths[at] ?? 0, printable(plain(value)).length);
    });
    if (measured.length < MEASURED_ROWS) continue;
    isMeasuring = false;
    yield write();
  }
  if (isMeasuring) yield write();
}

function line(row: readonly QueryValue[], widths: readonly number[]): string {
  const cells = row.map((value, at) => {
    const text = printable(plain(value));
    return typeof value === 'number' || typeof value === 'bigint' ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0);
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
