import { ReconError } from '../domain/errors.ts';
import { scratchDatabase } from '../platform/database/sqlite.ts';
import { tablesHint } from '../report/tables/help.ts';
import { type QueryFormat, queryText } from '../report/tables/query-text.ts';
import { sqliteInsert, sqliteRow, sqliteSchema } from '../report/tables/sqlite.ts';
import { TABLES, type TableName, type TableRow } from '../report/tables/tables.ts';
import type { Visit } from '../tarball/visit.ts';
import { tableRows } from './table-rows.ts';

/**
 * Puts visits into a database of their own and asks it one question; the answer comes piece by piece.
 * @throws ReconError `usage` when the query is wrong, with the tables and columns as its hint
 */
export async function queryVisits(
  visits: readonly Visit[],
  sql: string,
  format: QueryFormat,
  print: (text: string) => void,
): Promise<void> {
  using database = scratchDatabase(sqliteSchema());
  const statements = new Map<TableName, string>(TABLES.map((table) => [table.name, sqliteInsert(table)]));
  const insert = (table: TableName, rows: readonly TableRow[]): void => database.insert(statements.get(table) ?? '', rows.map(sqliteRow));
  for (const visit of visits) for await (const [table, rows] of tableRows(visit)) insert(table, rows);
  try {
    for (const piece of queryText(database.select(sql), format)) print(piece);
  } catch (error) {
    if (!(error instanceof ReconError)) throw error;
    throw new ReconError(error.code, error.message, { hint: `the tables are ${tablesHint()}`, cause: error });
  }
}
