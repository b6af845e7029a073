import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demoClock } from '../../src/demo/fast-clock.ts';

test('a clock that runs faster than the world, and can be moved on', () => {
  let nowMs = 1000;
  const clock = demoClock({ speed: 5, startMs: Date.parse('2026-11-20T10:00:00Z'), nowMs: () => nowMs });
  assert.equal(clock.now().toISOString(), '2026-11-20T10:00:00.000Z');
  nowMs += 60_000;
  assert.equal(clock.now().toISOString(), '2026-11-20T10:05:00.000Z');
  clock.skip(30_000);
  nowMs += 1000;
  assert.equal(clock.now().toISOString(), '2026-11-20T10:05:35.000Z');
});
