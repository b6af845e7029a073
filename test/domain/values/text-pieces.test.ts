import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textPieces } from '../../../src/domain/values/text-pieces.ts';

test('pieces of a text are all of it, and none ends within a letter', () => {
  for (const text of ['', 'a', 'abc', 'abcd', 'ab💾c', 'abc💾', '💾💾💾', 'abc\ud83d']) {
    const pieces = [...textPieces(text, 3)];
    assert.equal(pieces.join(''), text);
    assert.equal(Buffer.concat(pieces.map((piece) => Buffer.from(piece))).toString('utf8'), Buffer.from(text).toString('utf8'));
    assert.ok(pieces.every((piece) => piece.length > 0 && piece.length <= 4));
  }
});
