import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commentText, oneLine, plainWord, yamlText } from '../../../src/report/export/safe-text.ts';

const HALF_PAIR = String.fromCharCode(0xd83d);
const DISK_SIGN = String.fromCodePoint(0x1f4be);

for (const [what, text, comment] of [
  ['line ends of any kind', ' a\r\n\t b\u2028c ', 'a b c'],
  ['other scripts and control characters', `Ñ${DISK_SIGN}\u007f\u0001~`, '????~'],
  ['201 characters', 'x'.repeat(201), 'x'.repeat(200)],
  ['a blank at the end of what is cut', `${'x'.repeat(199)} yy`, 'x'.repeat(199)],
] as const)
  test(`a comment: ${what}`, () => assert.equal(commentText(text), comment));

for (const [what, text, longest, line] of [
  ['control characters', ' a\0\x1f\x7f\x9f\n b ', 9, 'a b'],
  ['letters of any script count as one each', `${DISK_SIGN}${DISK_SIGN}${DISK_SIGN}`, 2, `${DISK_SIGN}${DISK_SIGN}`],
  ['a blank at the end of what is cut', 'ab cd', 3, 'ab'],
  ['blanks in front do not count', '  ab', 2, 'ab'],
  ['half a letter', `a${HALF_PAIR}`, 9, 'a\ufffd'],
] as const)
  test(`one line: ${what}`, () => assert.equal(oneLine(text, longest), line));

test('one line without an end is as long as its text', () => assert.equal(oneLine('x'.repeat(5000)).length, 5000));

for (const [text, yaml] of [
  ['plain ~', '"plain ~"'],
  ['"\\\n', '"\\"\\\\\\n"'],
  ['\u007f', '"\\u007f"'],
  ['Ñ', '"\\u00d1"'],
  ['\uffff', '"\\uffff"'],
  [DISK_SIGN, '"\\U0001f4be"'],
  [HALF_PAIR, '"\\ufffd"'],
] as const)
  test(`YAML: ${JSON.stringify(text)}`, () => assert.equal(yamlText(text), yaml));

for (const [text, word] of [
  ['Hewlett-Packard', 'hewlett-packard'],
  ['--A  b--', 'a-b'],
  ['Ñandú', 'nandu'],
  ['富士', 'u5bccu58eb'],
  ['a\u2028b', 'a-b'],
  ['①', '1'],
  ['\u0663', 'u663'],
  ['☃', ''],
] as const)
  test(`a plain word of ${text}: ${word}`, () => assert.equal(plainWord(text, 40), word));

test('a plain word is cut, and does not end with a hyphen then', () => {
  assert.equal(plainWord('abc def', 5), 'abc-d');
  assert.equal(plainWord('abc def', 4), 'abc');
});
