import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { it } from 'node:test';
import { keepOutput, withoutFinalNewline } from '../../../src/platform/process/kept-output.ts';

/** Keeps at most five bytes of these chunks. */
function kept(...chunks: readonly string[]) {
  const stream = new EventEmitter();
  let calls = 0;
  const output = keepOutput(stream, 5, () => {
    calls += 1;
  });
  for (const chunk of chunks) stream.emit('data', Buffer.from(chunk));
  return [output.bytes().toString(), output.isTooMuch, calls];
}

it('keeps all that fits', () => {
  assert.deepEqual(kept(), ['', false, 0]);
  assert.deepEqual(kept('ab', 'c'), ['abc', false, 0]);
  assert.deepEqual(kept('ab', 'cde', ''), ['abcde', false, 0]);
});

it('keeps the first bytes of what is too much, and says so once', () => {
  assert.deepEqual(kept('abcdef'), ['abcde', true, 1]);
  assert.deepEqual(kept('ab', 'cde', 'f', 'g'), ['abcde', true, 1]);
  assert.deepEqual(kept('ab', 'cdef', 'g', 'hijklmnop'), ['abcde', true, 1]);
});

it('takes one line end away, of either kind', () => {
  for (const [text, without] of [
    ['', ''],
    ['a', 'a'],
    ['a\n', 'a'],
    ['a\n\n', 'a\n'],
    ['a\r\n', 'a'],
    ['a\r', 'a\r'],
    ['\n', ''],
  ] as const)
    assert.equal(withoutFinalNewline(Buffer.from(text)).toString(), without, JSON.stringify(text));
});
