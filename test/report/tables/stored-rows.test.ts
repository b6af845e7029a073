import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
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

test('PostgreSQL: all statements, with the schema in its quotes', () => {
  const text = postgresSchema('my "recon"').map((statement) => `${statement};\n`);
  assert.equal(text.join(''), readFileSync(new URL('golden/postgres.sql', import.meta.url), 'utf8'));
  assert.equal(quotedIdentifier('recon'), '"recon"');
});

test('PostgreSQL: rows are copied into the columns by their names', () => {
  const [visits] = TABLES;
  assert.ok(visits !== undefined);
  assert.equal(
    postgresCopy('recon', visits),
    'COPY "recon".visits (visit, site, created_at, image_version, path, visit_id, visit_number, begun_at, place) FROM STDIN',
  );
});

test('SQLite: truth is 1 and 0, an object is JSON, and there is a place for each column', () => {
  assert.deepEqual(sqliteRow([undefined, null, true, false, 'a', -5, { a: [1] }]), [null, null, 1, 0, 'a', -5, '{"a":[1]}']);
  const [visits] = TABLES;
  assert.ok(visits !== undefined);
  assert.equal(sqliteInsert(visits), 'INSERT INTO visits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  assert.equal(sqliteSchema(), readFileSync(new URL('golden/sqlite.sql', import.meta.url), 'utf8'));
});
