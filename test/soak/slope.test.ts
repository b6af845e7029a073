import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slopePerHour } from './slope.ts';

test('what grows steadily has its slope, whatever one value does; what moves up and down has none', () => {
  assert.equal(slopePerHour([1, 2, 3, 4, 5], 0.5), 2);
  assert.equal(slopePerHour([1, 2, 90, 4, 5, 6], 1), 1);
  assert.equal(slopePerHour([7, 7, 7, 7], 0.1), 0);
  assert.ok(Math.abs(slopePerHour([5, 6, 5, 6, 5, 6, 5], 1)) < 0.2);
  assert.equal(slopePerHour([3], 1), 0);
});
