import type { ColumnValue, SqlType } from './column.ts';
import { TABLES, type Table, type TableRow } from './tables.ts';

/** Grows when a table changes in another way than by a new column. */
export const TABLES_VERSION = 2;

const TYPES: Readonly<Record<SqlType, string>> = {
  text: 'text',
  bigint: 'bigint',
  double: 'double precision',
  boolean: 'boolean',
  timestamp: 'timestamptz',
  mac: 'macaddr',
  json: 'jsonb',
};

/**
 * Statements that make the tables in `schema` or bring older ones up to date, to be run in order. Columns that are new are added, and
 * nothing is ever dropped. Rows of a visit go when its row in `visits` goes.
 */
export function postgresSchema(schema: string): string[] {
  return [
    `CREATE SCHEMA IF NOT EXISTS ${quotedIdentifier(schema)}`,
    `CREATE TABLE IF NOT EXISTS ${quotedIdentifier(schema)}.tables_version (version integer NOT NULL)`,
    ...TABLES.flatMap((table) => tableStatements(schema, table)),
  ];
}

/** The statement that takes rows as COPY reads them. */
export function postgresCopy(schema: string, { name, columns }: Table): string {
  return `COPY ${quotedIdentifier(schema)}.${name} (${columns.map((column) => column.name).join(', ')}) FROM STDIN`;
}

/** A row in the text format of COPY (postgresql.org/docs/current/sql-copy.html). */
export function postgresLine(row: TableRow): string {
  return `${row.map(copyField).join('\t')}\n`;
}

/** An SQL name in double quotes. */
export function quotedIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function tableStatements(schema: string, { name, columns, key, indexed }: Table): string[] {
  const table = `${quotedIdentifier(schema)}.${name}`;
  const visit = name === 'visits' ? 'PRIMARY KEY' : `NOT NULL REFERENCES ${quotedIdentifier(schema)}.visits ON DELETE CASCADE`;
  const [first, ...others] = columns.map((column) => `${column.name} ${TYPES[column.type]}`);
  return [
    `CREATE TABLE IF NOT EXISTS ${table} (${first} ${visit})`,
    ...others.map((column) => `ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ${column}`),
    ...(name === 'visits' ? [] : [`CREATE INDEX IF NOT EXISTS ${name}_key ON ${table} (${key.join(', ')})`]),
    ...indexed.map((column) => `CREATE INDEX IF NOT EXISTS ${name}_${column} ON ${table} (${column})`),
  ];
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function copyField(value: ColumnValue): string {
  if (value === undefined || value === null) return '\\N';
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (typeof value === 'number') return String(value);
  const text =
    typeof value === 'string'
      ? storable(value)
      : JSON.stringify(value, (_key, inner) => (typeof inner === 'string' ? storable(inner) : inner));
  return text.replaceAll(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}

/** PostgreSQL stores neither the character zero nor half a surrogate pair, in text or in jsonb. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
