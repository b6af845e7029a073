import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvRows } from '../../src/settings/csv-rows.ts';

const fieldsOf = (text: string): string[][] => csvRows(text).map(({ fields }) => fields);

test('quotes hold separators, ends of lines and doubled quotes; blanks around fields go', () => {
  assert.deepEqual(fieldsOf('a,b,c\n"x, y" ,"say ""hi""", z \n"two\nlines",,\n'), [
    ['a', 'b', 'c'],
    ['x, y', 'say "hi"', 'z'],
    ['two\nlines', '', ''],
    [''],
  ]);
});

for (const [name, separator] of [
  ['semicolon', ';'],
  ['tab', '\t'],
  ['comma', ','],
] as const)
  test(`the heading says the separator: ${name}`, () => {
    assert.deepEqual(fieldsOf(`# a, comment; here\n\n"a,;x"${separator}b${separator}c\n1${separator}2${separator}3`).slice(2), [
      ['a,;x', 'b', 'c'],
      ['1', '2', '3'],
    ]);
  });

test('a mark of byte order and the ends of lines of other systems', () => {
  assert.deepEqual(fieldsOf('\uFEFFa,b\r\n1,2\r3,4\n5,6'), [
    ['a', 'b'],
    ['1', '2'],
    ['3', '4'],
    ['5', '6'],
  ]);
});

test('a row says the line at which it begins', () => {
  assert.deepEqual(
    csvRows('a,b\n"1\n2",x\n\n3,4').map(({ line }) => line),
    [1, 2, 4, 5],
  );
});

test('a quote in the middle of a word is a letter; one that is never closed takes the rest', () => {
  assert.deepEqual(fieldsOf('a,b\n5" disk,x\n'), [['a', 'b'], ['5" disk', 'x'], ['']]);
  assert.deepEqual(fieldsOf('a,b\n"open,x\n1,2'), [['a', 'b'], ['open,x\n1,2']]);
});

test('nothing is one row with an empty field', () => assert.deepEqual(fieldsOf(''), [['']]));

test('what neither papaparse nor csv-parse reads as it is meant: a blank before a quote, a letter behind one', () => {
  assert.deepEqual(fieldsOf('"a", "b, c"\n"x"y,z\n1,2'), [
    ['a', 'b, c'],
    ['xy', 'z'],
    ['1', '2'],
  ]);
});
