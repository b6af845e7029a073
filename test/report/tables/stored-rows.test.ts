import assert from 'node:assert/strict';
import { test } from 'node:test';
import { postgresCopy, postgresLine, postgresSchema, quotedIdentifier } from '../../../src/report/tables/postgres.ts';
import { sqliteInsert, sqliteRow, sqliteSchema } from '../../../src/report/tables/sqlite.ts';
import { TABLES } from '../../../src/report/tables/tables.ts';

const HALF_PAIR = String.fromCharCode(0xd83d);

test('PostgreSQL: a line of COPY has no character that ends a field or a row, and none that cannot be stored', () => {
  assert.equal(postgresLine([undefined, null, '', 'a\tb\\c\nd\re']), '\\N\t\\N\t\ta\\tb\\\\c\\nd\\re\n');
  assert.equal(postgresLine([true, false, -5, 0.5]), 't\tf\t-5\t0.5\n');
  assert.equal(postgresLine([`a\0b${HALF_PAIR}`]), 'ab\ufffd\n');
  assert.equal(postgresLine([{ k: [`x\0${HALF_PAIR}\n`, 1, null] }]), `{"k":["x\ufffd\\\\n",1,null]}\n`);
});

test('PostgreSQL: the schema in its quotes, a key for each table, and rows that go with their visit', () => {
  const statements = postgresSchema('my "recon"');
  assert.equal(statements[0], 'CREATE SCHEMA IF NOT EXISTS "my ""recon"""');
  assert.equal(statements[1], 'CREATE TABLE IF NOT EXISTS "my ""recon""".tables_version (version integer NOT NULL)');
  assert.equal(statements[2], 'CREATE TABLE IF NOT EXISTS "my ""recon""".visits (visit text PRIMARY KEY)');
  const of = (pattern: RegExp): string[] => statements.filter((statement) => pattern.test(statement));
  assert.equal(of(/NOT NULL REFERENCES "my ""recon"""\.visits ON DELETE CASCADE\)$/).length, TABLES.length - 1);
  assert.equal(of(/CREATE INDEX IF NOT EXISTS \w+_key ON /).length, TABLES.length - 1);
  assert.ok(statements.includes('ALTER TABLE "my ""recon""".dimms ADD COLUMN IF NOT EXISTS size_bytes bigint'));
  assert.ok(statements.includes('ALTER TABLE "my ""recon""".nics ADD COLUMN IF NOT EXISTS port_mac macaddr'));
  assert.ok(statements.includes('ALTER TABLE "my ""recon""".machines ADD COLUMN IF NOT EXISTS record jsonb'));
  assert.ok(statements.includes('ALTER TABLE "my ""recon""".missing ADD COLUMN IF NOT EXISTS at timestamptz'));
  assert.ok(statements.includes('ALTER TABLE "my ""recon""".disks ADD COLUMN IF NOT EXISTS rotational boolean'));
  assert.ok(statements.includes('CREATE INDEX IF NOT EXISTS dimms_key ON "my ""recon""".dimms (visit, mac, position)'));
  assert.ok(statements.includes('CREATE INDEX IF NOT EXISTS dimms_serial ON "my ""recon""".dimms (serial)'));
  assert.equal(quotedIdentifier('recon'), '"recon"');
});

test('PostgreSQL: rows are copied into the columns by their names', () => {
  const [visits] = TABLES;
  assert.ok(visits !== undefined);
  assert.equal(postgresCopy('recon', visits), 'COPY "recon".visits (visit, site, created_at, image_version, path) FROM STDIN');
});

test('SQLite: truth is 1 and 0, an object is JSON, and there is a place for each column', () => {
  assert.deepEqual(sqliteRow([undefined, null, true, false, 'a', -5, { a: [1] }]), [null, null, 1, 0, 'a', -5, '{"a":[1]}']);
  const [visits] = TABLES;
  assert.ok(visits !== undefined);
  assert.equal(sqliteInsert(visits), 'INSERT INTO visits VALUES (?, ?, ?, ?, ?)');
  const schema = sqliteSchema();
  assert.match(
    schema,
    /^CREATE TABLE visits \(visit TEXT, site TEXT, created_at TEXT, image_version TEXT, path TEXT\);\nCREATE INDEX visits_key ON visits \(visit\);\n/,
  );
  assert.match(schema, /CREATE TABLE dimms \(visit TEXT, mac TEXT, position INTEGER, locator TEXT, bank_locator TEXT, populated INTEGER, /);
});
