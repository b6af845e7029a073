import { ReconError } from '../domain/errors.ts';
import { scratchDatabase } from '../platform/database/sqlite.ts';
import { tablesHint } from '../report/tables/help.ts';
import { humanValues } from '../report/tables/human-values.ts';
import { nearestName } from '../report/tables/nearest-name.ts';
import { type QueryFormat, type QueryResult, type QueryValue, queryText } from '../report/tables/query-text.ts';
import { sqliteInsert, sqliteRow, sqliteSchema } from '../report/tables/sqlite.ts';
import { TABLES, type TableName } from '../report/tables/tables.ts';
import type { Visit } from '../tarball/visit.ts';
import type { OnProgress } from './progress-steps.ts';
import { tableRows } from './table-rows.ts';

interface QueryOptions {
  format: QueryFormat;
  print: (text: string) => void;
  /** sizes, times and truth as people say them */
  isHuman?: boolean | undefined;
  /** of the terminal that shows a table; undefined where no terminal does */
  widthColumns?: number | undefined;
  /** called before the work that nothing can interrupt: from then on a signal ends us at once, until what it gives is called */
  letGo?: (() => () => void) | undefined;
  onProgress?: OnProgress | undefined;
}

/**
 * Puts visits into a database of their own and asks it one question; the answer comes piece by piece. `*` leaves out the whole record of a machine.
 * @throws ReconError `usage` when the query is wrong, with the nearest name, the tables and columns as its hint
 */
export async function queryVisits(visits: readonly Visit[], sql: string, options: QueryOptions): Promise<void> {
  const { format, print, isHuman = false, widthColumns, letGo = () => () => {}, onProgress = () => {} } = options;
  using database = scratchDatabase(sqliteSchema());
  const statements = new Map<TableName, string>(TABLES.map((table) => [table.name, sqliteInsert(table)]));
  // a table that the question does not name is not read
  const asked = new Set(TABLES.map(({ name }) => name).filter((name) => sql.toLowerCase().includes(name)));
  for (const visit of visits)
    for await (const [table, rows] of tableRows(visit))
      if (asked.has(table)) database.insert(statements.get(table) ?? '', rows.map(sqliteRow));
  onProgress('the question is asked');
  const hold = letGo();
  try {
    const found = withoutRecord(database.select(sql), sql);
    for (const piece of queryText(isHuman ? humanValues(found, sql) : found, format, widthColumns)) print(piece);
  } catch (error) {
    if (!(error instanceof ReconError)) throw error;
    const nearest = nearestName(error.message);
    const hint = `${nearest === undefined ? '' : `${nearest}\n       `}the tables are ${tablesHint()}`;
    throw new ReconError(error.code, error.message, { hint, cause: error });
  } finally {
    hold();
  }
}

/** Megabytes on a screen for who typed `*`: the record is in the answer when the question names it. */
function withoutRecord(result: QueryResult, sql: string): QueryResult {
  const kept = result.columns.flatMap((name, at) => (/^record(:\d+)?$/i.test(name) ? [] : [at]));
  if (/\brecord\b/i.test(sql) || kept.length === result.columns.length) return result;
  const { columns, rows } = result;
  return { columns: kept.map((at) => columns[at] ?? ''), rows: keptValues(rows, kept) };
}

function* keptValues(rows: QueryResult['rows'], kept: readonly number[]): Generator<readonly QueryValue[]> {
  for (const row of rows) yield kept.map((at) => row[at] ?? null);
}
