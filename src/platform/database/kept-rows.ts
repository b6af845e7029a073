import { existsSync, renameSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** A table of texts by key, in a file. What is put there outlives us, not a power cut within the last moments. */
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
}

/** Opens a table in a SQLite file, which is made when it is missing. */
export function openKeptRows(path: string, { table, onDamage }: KeptRowsOptions): KeptRows {
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
  const put = database.prepare(`INSERT INTO ${table} VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET text = excluded.text`);
  const remove = database.prepare(`DELETE FROM ${table} WHERE key = ?`);
  const all = database.prepare(`SELECT key, text FROM ${table}`);
  return {
    all: () => all.all().map((row) => [String(row['key']), String(row['text'])]),
    put: (key, text) => void put.run(key, text),
    remove: (key) => void remove.run(key),
    [Symbol.dispose]: () => database.close(),
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
