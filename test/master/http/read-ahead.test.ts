import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAhead } from '../../../src/master/http/read-ahead.ts';

const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;

test('readers that come one after the other and stay hold 64 MiB together, and 64 KiB each beyond that', () => {
  const slices = readAhead();
  const taken = Array.from({ length: 2000 }, () => slices.take());
  const heldBytes = taken.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  assert.equal(taken[0]?.sizeBytes, MEBIBYTE);
  assert.equal(taken.at(-1)?.sizeBytes, 64 * KIBIBYTE);
  assert.ok(heldBytes <= 64 * MEBIBYTE + 2000 * 64 * KIBIBYTE, `${heldBytes}`);
  assert.ok(taken.filter(({ sizeBytes }) => sizeBytes === MEBIBYTE).length >= 32, 'a few have large ones');
});

test('a slice that is given back is there for the next, and only once', () => {
  const slices = readAhead();
  const taken = Array.from({ length: 2000 }, () => slices.take());
  for (const slice of taken) for (const _twice of [1, 2]) slice.giveBack();
  const again = Array.from({ length: 2000 }, () => slices.take());
  assert.deepEqual(
    again.map(({ sizeBytes }) => sizeBytes),
    taken.map(({ sizeBytes }) => sizeBytes),
  );
});
