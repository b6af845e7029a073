import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type QueryFormat, type QueryResult, queryText } from '../../../src/report/tables/query-text.ts';

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

function written(format: QueryFormat, result: QueryResult): string {
  return [...queryText(result, format)].join('');
}
