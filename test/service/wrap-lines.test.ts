import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wrapLines } from '../../src/service/wrap-lines.ts';

test('a short line stays as it is', () => {
  assert.deepEqual(wrapLines('recon master: ready'), ['recon master: ready']);
  assert.deepEqual(wrapLines('x'.repeat(79)), ['x'.repeat(79)]);
});

test('a long line is broken at blanks, and what follows is indented', () => {
  assert.deepEqual(
    wrapLines('recon master: starting; nothing on this machine is changed, and nothing is sent before every network was listened to'),
    ['recon master: starting; nothing on this machine is changed, and nothing is sent', '  before every network was listened to'],
  );
});

test('no line is longer than 79 columns and no word is lost, at every length', () => {
  const words = Array.from({ length: 60 }, (_, index) => 'w'.repeat((index * 7) % 13) + index);
  for (let count = 1; count <= words.length; count += 1) {
    const lines = wrapLines(words.slice(0, count).join(' '));
    assert.ok(lines.every((line) => line.length <= 79));
    assert.ok(lines.slice(1).every((line) => /^ {2}\S/.test(line)));
    assert.deepEqual(
      lines.flatMap((line) => line.trim().split(' ')),
      words.slice(0, count),
    );
  }
});

test('a word longer than a line is broken, not lost', () => {
  for (const lengthColumns of [80, 81, 156, 157, 400]) {
    const word = 'abcdefghij'.repeat(40).slice(0, lengthColumns);
    const lines = wrapLines(`recon master: fetch ${word} now`);
    assert.ok(lines.every((line) => line.length <= 79));
    assert.equal(
      lines
        .map((line) => line.trim())
        .join('')
        .replace('recon master: fetch', '')
        .replace(/\s*now$/, ''),
      word,
    );
  }
});

test('lines of a text stay apart; one that is indented keeps its place, and what continues it stands further in', () => {
  const long = `  ${'word '.repeat(20).trim()}`;
  const [first, second, third] = wrapLines(`it failed:\n${long}`);
  assert.equal(first, 'it failed:');
  assert.match(second ?? '', /^ {2}word/);
  assert.match(third ?? '', /^ {4}word/);
});
