import { driveSize } from '../../domain/values/drive-size.ts';
import { binarySize, decimalSize } from '../../domain/values/shown-size.ts';
import type { QueryResult, QueryValue } from './query-text.ts';
import { TABLES } from './tables.ts';

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const FLAGS: ReadonlySet<string> = new Set(
  TABLES.flatMap(({ columns }) => columns.filter(({ type }) => type === 'boolean').map(({ name }) => name)),
);

/**
 * The values as people say them, told by the names of the columns: `size_bytes` as `3.84 TB` (memory as `32 GiB`), times as `20 May 2026, 17:00 UTC`,
 * truth as yes and no.
 */
export function humanValues({ columns, rows }: QueryResult, sql: string): QueryResult {
  const isOfMemory = /\b(dimms|gpus)\b/i.test(sql) && !/\b(disks|volumes|media)\b/i.test(sql);
  const words = columns.map((name) => wordsOf(name, isOfMemory));
  return { columns, rows: changed(rows, words) };
}

function* changed(rows: QueryResult['rows'], words: readonly (typeof asItIs)[]): Generator<readonly QueryValue[]> {
  for (const row of rows) yield row.map((value, at) => (words[at] ?? asItIs)(value));
}

function wordsOf(name: string, isOfMemory: boolean): typeof asItIs {
  if (/(^|_)bytes$/i.test(name)) {
    const size = isOfMemory || /memory/i.test(name) ? binarySize : name === 'size_bytes' ? driveSize : decimalSize;
    return (value) => (typeof value === 'number' || typeof value === 'bigint' ? (size(Number(value)) ?? value) : value);
  }
  if (FLAGS.has(name)) return (value) => (value === null ? null : Number(value) === 1 ? 'yes' : 'no');
  return /(^|_)at$/i.test(name) ? (value) => (typeof value === 'string' ? timeWords(value) : value) : asItIs;
}

function asItIs(value: QueryValue): QueryValue {
  return value;
}

function timeWords(text: string): string {
  const [, year, month, day, time] = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2})(?::[\d.]+)?Z$/.exec(text) ?? [];
  return year === undefined ? text : `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}, ${time} UTC`;
}
