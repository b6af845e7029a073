import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Mark } from '../../../src/lab/yank/guest/marks.ts';
import { type PlacedMark, promisedAt } from '../../../src/lab/yank/promises.ts';

const receipt = (mac: string): Mark => ({ kind: 'receipt', mac, revision: 1, recordSha256: mac });
const sealed = (sha256: string): Mark => ({ kind: 'sealed', name: 'recon-x.tar.gz', sha256 });
const marks: readonly PlacedMark[] = [
  { at: 10, mark: receipt('a') },
  { at: 20, mark: sealed('first') },
  { at: 30, mark: receipt('b') },
  { at: 40, mark: sealed('second') },
];

test('a receipt counts from its mark on, flushed or not', () => {
  assert.deepEqual(promisedAt(marks, 10).receipts, []);
  assert.deepEqual(promisedAt(marks, 11).receipts, [receipt('a')]);
  assert.deepEqual(promisedAt(marks, 31).receipts, [receipt('a'), receipt('b')]);
});

test('one of two tarballs must be there: the newest that was announced, or the next', () => {
  assert.deepEqual(promisedAt(marks, 20).tarballs, []);
  assert.deepEqual(promisedAt(marks, 21).tarballs, ['first', 'second']);
  assert.deepEqual(promisedAt(marks, 41).tarballs, ['second']);
});
