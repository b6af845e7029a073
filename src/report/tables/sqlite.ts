import type { ColumnValue, SqlType } from './column.ts';
import { TABLES, type Table, type TableRow } from './tables.ts';

const TYPES: Readonly<Record<SqlType, string>> = {
  text: 'TEXT',
  bigint: 'INTEGER',
  double: 'REAL',
  boolean: 'INTEGER',
  timestamp: 'TEXT',
  mac: 'TEXT',
  json: 'TEXT',
};

/** The tables for SQLite: truth is 1 and 0, times and addresses are text, a record is JSON text. */
export function sqliteSchema(): string {
  return TABLES.map((table) => {
    const columns = table.columns.map(({ name, type }) => `${name} ${TYPES[type]}`).join(', ');
    return `CREATE TABLE ${table.name} (${columns});\nCREATE INDEX ${table.name}_key ON ${table.name} (${table.key.join(', ')});\n`;
  }).join('');
}

/** The statement that takes a row. */
export function sqliteInsert({ name, columns }: Table): string {
  return `INSERT INTO ${name} VALUES (${columns.map(() => '?').join(', ')})`;
}

/** A row as SQLite takes it. */
export function sqliteRow(row: TableRow): (string | number | null)[] {
  return row.map(sqliteValue);
}

function sqliteValue(value: ColumnValue): string | number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'object' ? JSON.stringify(value) : value;
}
