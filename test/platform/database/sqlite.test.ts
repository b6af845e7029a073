import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type ScratchDatabase, scratchDatabase } from '../../../src/platform/database/sqlite.ts';

function machines(): ScratchDatabase {
  const database = scratchDatabase('CREATE TABLE machines (name TEXT, size INTEGER, bytes BLOB)');
  database.insert('INSERT INTO machines VALUES (?, ?, ?)', [
    ['a', 1, null],
    ['b', 2n ** 60n, Buffer.from([1, 2])],
  ]);
  return database;
}

it('gives columns and rows, large numbers whole', () => {
  using database = machines();
  const { columns, rows } = database.select('SELECT name, size AS "how much", bytes FROM machines ORDER BY name;');
  assert.deepEqual(columns, ['name', 'how much', 'bytes']);
  assert.deepEqual(
    [...rows],
    [
      ['a', 1n, null],
      ['b', 2n ** 60n, new Uint8Array([1, 2])],
    ],
  );
});

it('reads the rows one by one', () => {
  using database = machines();
  for (const row of database.select("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i, upper('x') FROM n").rows) {
    assert.deepEqual(row, [1n, 'X']);
    break;
  }
});

it('inserts all rows in one transaction, or none', () => {
  using database = scratchDatabase('CREATE TABLE t (a INTEGER)');
  database.insert('INSERT INTO t VALUES (?)', []);
  database.insert(
    'INSERT INTO t VALUES (?)',
    Array.from({ length: 1000 }, (_, at) => [at]),
  );
  assert.deepEqual([...database.select('SELECT count(*), max(a) FROM t').rows], [[1000n, 999n]]);
});

for (const statement of [
  "INSERT INTO machines VALUES ('c', 3, NULL)",
  'DELETE FROM machines',
  'DROP TABLE machines',
  'CREATE TABLE other (a)',
  'PRAGMA query_only = 0',
  "ATTACH 'x' AS y",
  'BEGIN',
]) {
  it(`may only read: ${statement}`, () => {
    using database = machines();
    assert.equal([...database.select('SELECT 1').rows].length, 1);
    const attempt = (): unknown => [...database.select(statement).rows];
    assert.throws(attempt, { code: 'usage', message: /^the query cannot be run: (it may only read|attempt to write a readonly database)/ });
    assert.deepEqual([...database.select('SELECT count(*) FROM machines').rows], [[2n]]);
    assert.throws(() => database.insert('INSERT INTO machines VALUES (?, ?, ?)', [['d', 4, null]]));
  });
}

const blank = ['', ';', '  ', ' -- words; and more', '/* words;\n more */ ;', ';\n--x\n;'];
for (const rest of blank) {
  it(`takes one statement with ${JSON.stringify(rest)} behind it`, () => {
    using database = machines();
    assert.deepEqual([...database.select(`  SELECT 7 AS a${rest}`).rows], [[7n]]);
  });
}

const wrong: readonly [statement: string, message: RegExp][] = [
  ['SELECT 1; SELECT 2', /^only one statement at a time$/],
  ['SELECT 1; x', /^only one statement at a time$/],
  ['SELECT 1 /* open */ ; -- x\n SELECT 2', /^only one statement at a time$/],
  ['SELECT missing FROM machines', /^the query cannot be run: no such column: missing$/],
  ['SELEC 1', /^the query cannot be run: near "SELEC": syntax error$/],
];
for (const [statement, message] of wrong) {
  it(`says what is wrong with ${statement}`, () => {
    using database = machines();
    assert.throws(() => database.select(statement), { code: 'usage', message });
  });
}

it('says what goes wrong in the middle of the rows', () => {
  using database = machines();
  const { rows } = database.select("SELECT abs(-9223372036854775807 - (name = 'b')) FROM machines");
  const iterator = rows[Symbol.iterator]();
  assert.deepEqual(iterator.next().value, [2n ** 63n - 1n]);
  assert.throws(() => iterator.next(), { code: 'usage', message: /^the query cannot be run: integer overflow$/ });
});

it('is gone when its owner is done', () => {
  const database = machines();
  database[Symbol.dispose]();
  assert.throws(() => database.select('SELECT 1'));
});
