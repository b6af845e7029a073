import assert from 'node:assert/strict';
import test from 'node:test';
import { nonEmpty, nonEmptyObject } from '../../../src/inventory/values/non-empty.ts';

test('a list or an object of nothing is not reported', () => {
  assert.deepEqual([nonEmpty([]), nonEmpty([0]), nonEmpty([undefined])], [undefined, [0], [undefined]]);
  assert.deepEqual([nonEmptyObject({}), nonEmptyObject({ a: 0 })], [undefined, { a: 0 }]);
});

test("a list is the caller's own", () => {
  const list = [1];
  assert.notEqual(nonEmpty(list), list);
});
