import { constants, DatabaseSync } from 'node:sqlite';
import { ReconError } from '../../domain/errors.ts';
import { messageOf } from '../../domain/values/message-of.ts';

export type SqlValue = string | number | bigint | Uint8Array | null;

export interface Selection {
  columns: string[];
  /** read one by one while the database is open; a failure in the middle is a ReconError `usage` too */
  rows: Iterable<readonly SqlValue[]>;
}

export interface ScratchDatabase extends Disposable {
  /** all rows in one transaction; each has a value per `?` */
  insert(statement: string, rows: readonly (readonly SqlValue[])[]): void;
  /**
   * Runs one statement that reads; nothing else is allowed from the first call on, inserts neither.
   * @throws ReconError `usage` with the words of SQLite
   */
  select(statement: string): Selection;
}

/** What a statement that only reads needs (sqlite.org/c3ref/c_alter_table.html). */
const READING: readonly number[] = [constants.SQLITE_SELECT, constants.SQLITE_READ, constants.SQLITE_FUNCTION, constants.SQLITE_RECURSIVE];

/** A database that lives as long as we do: in memory, and what does not fit there in an unnamed temporary file. */
export function scratchDatabase(schema: string): ScratchDatabase {
  // an empty name is SQLite's own way to ask for that
  const database = new DatabaseSync('');
  database.exec(schema);
  let isGuarded = false;
  return {
    insert: (statement, rows) => {
      const prepared = database.prepare(statement);
      database.exec('BEGIN');
      for (const row of rows) prepared.run(...row);
      database.exec('COMMIT');
    },
    select: (statement) => {
      if (!isGuarded) {
        database.exec('PRAGMA query_only = 1');
        database.setAuthorizer((action) => (READING.includes(action) ? constants.SQLITE_OK : constants.SQLITE_DENY));
        isGuarded = true;
      }
      return select(database, statement);
    },
    [Symbol.dispose]: () => database.close(),
  };
}

function select(database: DatabaseSync, statement: string): Selection {
  return inWords(() => {
    const prepared = database.prepare(statement);
    // only the first of several statements is prepared, and the others would be lost without a word
    if (!isBlank(statement.trim().slice(prepared.sourceSQL.trim().length))) throw new ReconError('usage', 'only one statement at a time');
    prepared.setReturnArrays(true);
    prepared.setReadBigInts(true);
    return {
      columns: prepared.columns().map(({ name }) => name),
      rows: rowsOf(() => prepared.iterate() as unknown as Iterator<SqlValue[]>),
    };
  });
}

function* rowsOf(start: () => Iterator<SqlValue[]>): Generator<readonly SqlValue[]> {
  const rows = inWords(start);
  for (;;) {
    const next = inWords(() => rows.next());
    if (next.done === true) return;
    yield next.value;
  }
}

function inWords<Result>(call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    if (error instanceof ReconError) throw error;
    const message = messageOf(error);
    throw new ReconError(
      'usage',
      `the query cannot be run: ${/not authorized|authorization denied/.test(message) ? 'it may only read' : message}`,
      {
        cause: error,
      },
    );
  }
}

function isBlank(rest: string): boolean {
  return rest.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').replaceAll(/[\s;]/g, '') === '';
}
