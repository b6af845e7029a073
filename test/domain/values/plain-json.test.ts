import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvLine, spreadsheetLine } from '../../../src/domain/values/csv-line.ts';
import { isPlainJson, plainJson, plainJsonText } from '../../../src/domain/values/plain-json.ts';
import { terminalText } from '../../../src/domain/values/terminal-text.ts';

/** C0, DEL, C1, a carriage return alone, and all marks that turn the direction of writing. */
const STEERS = [
  ...['\x00', '\x07', '\x08', '\x0b', '\x0c', '\x1b', '\x1f', '\x7f', '\x80', '\x9b', '\x9d', '\x9f', '\r'],
  ...['\u061c', '\u200e', '\u200f', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'],
];

test('nothing that steers a terminal is left in JSON, and it reads the same', () => {
  for (const one of STEERS) {
    const value = { [`a${one}b`]: [`c${one}d`, 1, null, 'é漢\t\n'] };
    for (const indent of [undefined, 2]) {
      const text = plainJson(value, indent);
      assert.equal(text.includes(one), false, JSON.stringify(one));
      assert.deepEqual(JSON.parse(text), value);
    }
  }
  assert.equal(plainJson({ a: 'é漢' }), '{"a":"é漢"}');
});

test('nor in CSV, for programs and for spreadsheets, nor in words for people', () => {
  for (const one of STEERS) {
    assert.equal(csvLine([`a${one}b`, 2]), 'a?b,2\r\n');
    assert.equal(spreadsheetLine([`a${one}b`, `=${one}`]), "a?b,'=?\r\n");
    assert.equal(terminalText(`a${one}b`), 'a?b');
  }
  assert.equal(csvLine(['two\r\nlines\tand a tab']), '"two\r\nlines\tand a tab"\r\n');
  assert.equal(terminalText('two\r\nlines\tand a tab'), 'two\nlines\tand a tab');
});

test('JSON is plain as it is when no such character is in it, written out or not', () => {
  for (const one of STEERS) {
    assert.equal(isPlainJson(JSON.stringify({ a: `x${one}` })), false, JSON.stringify(one));
    assert.equal(isPlainJson(`{"a":"\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}"}`), false);
  }
  assert.equal(isPlainJson('{\r\n"a":1}'), false);
  const plain = JSON.stringify({ a: 'é漢\t\n"\\', b: [1, null] });
  assert.equal(isPlainJson(plain), true);
  assert.equal(plainJsonText(plain), plain);
});
