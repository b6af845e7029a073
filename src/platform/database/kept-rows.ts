import { existsSync, renameSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { messageOf } from '../../domain/values/message-of.ts';

/**
 * A table of texts by key, in a file. What is put there outlives us once the turn of the event loop in which it was put is over: all of
 * one turn is one transaction. It does not outlive a power cut within the last moments.
 */
export interface KeptRows extends Disposable {
  all(): [key: string, text: string][];
  put(key: string, text: string): void;
  remove(key: string): void;
}

export interface KeptRowsOptions {
  /** letters only */
  table: string;
  /** called when the file is damaged; it was put aside under another name, and a new one is begun */
  onDamage: (keptAs: string) => void;
  /** nothing can be written, as on a full disk: it is kept in memory, and tried again each second. Called once, and with undefined when it goes on */
  onFault?: ((reason: string | undefined) => void) | undefined;
}

const RETRY_MS = 1000;

/** Opens a table in a SQLite file, which is made when it is missing. */
export function openKeptRows(path: string, { table, onDamage, onFault }: KeptRowsOptions): KeptRows {
  let database: DatabaseSync;
  try {
    database = openTable(path, table);
  } catch (error) {
    if (!existsSync(path)) throw error;
    const keptAs = `${path}.damaged`;
    renameSync(path, keptAs);
    // the journal that lies beside it goes with the next opening: SQLite takes none to a file that is empty
    onDamage(keptAs);
    database = openTable(path, table);
  }
  const all = database.prepare(`SELECT key, text FROM ${table}`);
  const waiting = waitingRows(database, { table, onFault });
  return {
    all: () => {
      waiting.write();
      return all.all().map((row) => [String(row['key']), String(row['text'])]);
    },
    put: waiting.set,
    remove: (key) => waiting.set(key, undefined),
    [Symbol.dispose]: () => {
      waiting.end();
      database.close();
    },
  };
}

interface WaitingRows {
  /** undefined takes the row out */
  set(key: string, text: string | undefined): void;
  /** @throws what SQLite says; then everything still waits */
  write(): void;
  end(): void;
}

/** A storm of machines puts hundreds of rows within one turn: a transaction for each would take longer than the answers. */
function waitingRows(database: DatabaseSync, { table, onFault }: Pick<KeptRowsOptions, 'table' | 'onFault'>): WaitingRows {
  const put = database.prepare(`INSERT INTO ${table} VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET text = excluded.text`);
  const remove = database.prepare(`DELETE FROM ${table} WHERE key = ?`);
  const rows = new Map<string, string | undefined>();
  let [isFaulty, isAsked] = [false, false];
  let retry: NodeJS.Timeout | undefined;
  const write = (): void => {
    if (rows.size === 0) return;
    database.exec('BEGIN IMMEDIATE');
    try {
      for (const [key, text] of rows) text === undefined ? remove.run(key) : put.run(key, text);
      database.exec('COMMIT');
    } catch (error) {
      // SQLite has rolled back some faults by itself (sqlite.org/lang_transaction.html, "Response To Errors Within A Transaction")
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
    rows.clear();
    if (isFaulty) onFault?.(undefined);
    isFaulty = false;
  };
  const tryWrite = (): void => {
    isAsked = false;
    try {
      if (database.isOpen) write();
    } catch (error) {
      if (!isFaulty) onFault?.(messageOf(error));
      isFaulty = true;
      clearTimeout(retry);
      retry = setTimeout(tryWrite, RETRY_MS);
      retry.unref();
    }
  };
  return {
    set: (key, text) => {
      rows.set(key, text);
      if (isAsked || isFaulty) return;
      isAsked = true;
      setImmediate(tryWrite);
    },
    write,
    end: () => {
      tryWrite();
      clearTimeout(retry);
    },
  };
}

function openTable(path: string, table: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;');
    database.exec(`CREATE TABLE IF NOT EXISTS ${table} (key TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID`);
    database.prepare(`SELECT count(*) FROM ${table}`).get();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
