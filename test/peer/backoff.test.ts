import assert from 'node:assert/strict';
import test from 'node:test';
import { backoffMs } from '../../src/peer/backoff.ts';

test('doubles from one second to one minute', () => {
  const longest = Array.from({ length: 8 }, (_, attempt) => backoffMs(attempt, () => 1));
  assert.deepEqual(longest, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  assert.equal(
    backoffMs(100_000, () => 1),
    60_000,
  );
});

test('half of it is chance', () => {
  assert.equal(
    backoffMs(3, () => 0),
    4000,
  );
  assert.equal(
    backoffMs(3, () => 0.5),
    6000,
  );
});

test('waits at least as long as it was asked to, within reason', () => {
  assert.equal(
    backoffMs(0, () => 0, 15_000),
    15_000,
  );
  assert.equal(
    backoffMs(6, () => 1, 15_000),
    60_000,
  );
  assert.equal(
    backoffMs(0, () => 0, 1e12),
    600_000,
  );
});

test('a thousand that were asked to wait as long do not come back together', () => {
  assert.equal(
    backoffMs(0, () => 1, 16_000),
    20_000,
  );
});
