import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type QueryFormat, type QueryResult, type QueryValue, queryText } from '../../../src/report/tables/query-text.ts';

const ODD: QueryResult = {
  columns: ['@name', 'n'],
  rows: [
    ["=cmd|'/c calc'!A1", -5],
    ["'@SUM(1)", 2n ** 60n],
    ['a,"b"\r\n', null],
    [Uint8Array.of(0, 255), 0.5],
  ],
};

test('CSV is for programs: every text as it is, also what a spreadsheet would run', () => {
  assert.equal(written('csv', ODD), `@name,n\r\n=cmd|'/c calc'!A1,-5\r\n'@SUM(1),1152921504606846976\r\n"a,""b""\r\n",\r\n00ff,0.5\r\n`);
});

test('a table is aligned, numbers to the right, and cannot steer a terminal', () => {
  const rows = [
    ['S-100', 7],
    ['\u001b[2J\n\u009bx', 2n ** 60n],
    [null, null],
    [Uint8Array.of(0, 255), 1],
  ];
  assert.equal(
    written('table', { columns: ['serial\n', 'n'], rows }),
    [
      'serial   n',
      '-------  -------------------',
      'S-100                      7',
      ' [2J x   1152921504606846976',
      '',
      '00ff                       1',
      '',
    ].join('\n'),
  );
  assert.equal(written('table', { columns: ['a', 'bc'], rows: [] }), 'a  bc\n-  --\n');
  assert.equal(written('table', { columns: ['number'], rows: [[1], [2n]] }), 'number\n------\n     1\n     2\n');
});

test('widths come from the first thousand rows; a longer value further down makes its own line longer', () => {
  const rows = (count: number): QueryValue[][] => [...Array.from({ length: count }, (): QueryValue[] => ['a', 'b']), ['longer', 'b']];
  const lastOf = (result: string): string | undefined => result.trimEnd().split('\n').at(-1);
  const firstOf = (result: string): string | undefined => result.split('\n')[2];
  const [within, behind] = [999, 1000].map((count) => written('table', { columns: ['x', 'y'], rows: rows(count) }));
  assert.deepEqual([firstOf(within ?? ''), lastOf(within ?? '')], ['a       b', 'longer  b']);
  assert.deepEqual([firstOf(behind ?? ''), lastOf(behind ?? '')], ['a  b', 'longer  b']);
  assert.equal(behind?.split('\n').length, 1004, 'each row is there once');
});

test('rows that were measured are written before the others are read', () => {
  const read: number[] = [];
  function* rows(): Generator<QueryValue[]> {
    for (let at = 0; at < 1002; at += 1) {
      read.push(at);
      yield [at];
    }
  }
  const [first] = queryText({ columns: ['n'], rows: rows() }, 'table');
  assert.ok(first?.includes('999'));
  assert.equal(read.length, 1000);
});

test('JSON: an array of objects; a number that readers would round is a text, and a name that comes twice gets a number', () => {
  const rows = [
    [1, 2n ** 60n, 7n],
    ['a', null, Uint8Array.of(255)],
  ];
  assert.equal(
    written('json', { columns: ['n', 'n', 'm'], rows }),
    '[\n{"n":1,"n_2":"1152921504606846976","m":7},\n{"n":"a","n_2":null,"m":"ff"}\n]\n',
  );
  assert.equal(written('json', { columns: ['n'], rows: [] }), '[]\n');
});

function written(format: QueryFormat, result: QueryResult): string {
  return [...queryText(result, format)].join('');
}
