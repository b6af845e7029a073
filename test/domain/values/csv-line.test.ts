import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { csvLine, spreadsheetLine } from '../../../src/domain/values/csv-line.ts';
import { readCells } from '../../report/export/read-csv.ts';

const NASTY = fc.string({ unit: fc.constantFrom('\r\n', ...`=+-@'",;\t\n a1${String.fromCodePoint(0xff1d, 0x1f4be)}`), maxLength: 8 });
/** What Excel, LibreOffice and Google Sheets take for a formula, or for the sign that a text follows. */
const SIGNS = [
  ['equals', '='],
  ['plus', '+'],
  ['minus', '-'],
  ['at', '@'],
  ['tab', '\t'],
  ['carriage return and line feed', '\r\n'],
  ['line feed', '\n'],
  ['wide equals', '\uff1d'],
  ['wide plus', '\uff0b'],
  ['wide minus', '\uff0d'],
  ['wide at', '\uff20'],
  ['apostrophe', "'"],
] as const;

for (const [what, sign] of SIGNS) {
  test(`a text that begins with ${what}: an apostrophe in front for people, as it is for programs`, () => {
    const text = `${sign}SUM(1)`;
    assert.deepEqual(readCells(spreadsheetLine([text, [text, 'b']])), [[`'${text}`, `'${text} b`]]);
    assert.deepEqual(readCells(csvLine([text, [text, 'b']])), [[text, `${text} b`]]);
    assert.deepEqual(readCells(spreadsheetLine([`A${sign}1`])), [[`A${sign}1`]], 'only at the beginning');
  });
}

test('no cell of a table for people steers a terminal', () => {
  const [[cell = ''] = []] = readCells(spreadsheetLine(['a\u001b]0;owned\u0007\u009b2Jb\u007f\tc\nd']));
  assert.equal(cell, 'a?]0;owned??2Jb?\tc\nd');
});

test('a number stays a number, also below zero; so does what is true or false, and nothing is an empty cell', () => {
  for (const line of [csvLine, spreadsheetLine])
    assert.equal(line([-5, 0, -0.5, true, false, undefined, '', []]), '-5,0,-0.5,true,false,,,\r\n');
});

test('only what RFC 4180 wants is in quotes', () => {
  for (const line of [csvLine, spreadsheetLine])
    assert.equal(line(['a b', 'a;b', 'a,b', 'a"b', 'a\r\nb', 'a\nb', ['a,', 'b']]), 'a b,a;b,"a,b","a""b","a\r\nb","a\nb","a, b"\r\n');
});

test('csvLine: every text comes back as it was', () => {
  fc.assert(
    fc.property(fc.array(NASTY, { minLength: 1 }), (cells) => {
      assert.deepEqual(readCells(csvLine(cells)), [cells]);
    }),
  );
});

test('spreadsheetLine: no cell is a formula, and without one apostrophe at its beginning every text is as it was', () => {
  const formulas = SIGNS.map(([, sign]) => sign.slice(0, 1)).filter((sign) => sign !== "'");
  fc.assert(
    fc.property(fc.array(NASTY, { minLength: 1 }), (cells) => {
      const [read = []] = readCells(spreadsheetLine(cells));
      for (const cell of read) assert.ok(!formulas.includes(cell.slice(0, 1)), cell);
      assert.deepEqual(
        read.map((cell) => cell.replace(/^'/, '')),
        cells,
      );
    }),
  );
});
