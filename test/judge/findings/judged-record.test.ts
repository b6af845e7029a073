import assert from 'node:assert/strict';
import test from 'node:test';
import { majority, sectionData } from '../../../src/judge/findings/judged-record.ts';

test('the majority is more than half', () => {
  assert.equal(majority([1, 2, 1]), 1);
  assert.equal(majority([2, 1, 2, 1, 2]), 2);
  assert.equal(majority([1, 2]), undefined);
  assert.equal(majority([1, 1, 2, 3]), undefined);
  assert.equal(majority([]), undefined);
});

test('only a section that is ok has data', () => {
  assert.equal(sectionData({ status: 'ok', data: 7 }), 7);
  assert.equal(sectionData({ status: 'failed', data: 7 }), undefined);
  assert.equal(sectionData(undefined), undefined);
});
