import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkFlaps } from '../../../src/master/guard/link-flaps.ts';

const LIMITS = { windowMs: 60_000, losses: 3 };

test('what happened before we looked does not count', () => {
  const flaps = linkFlaps(LIMITS);
  flaps.note(400, 0);
  assert.equal(flaps.wentAway(0), undefined);
});

test('a cable that is plugged in, and a switch that starts again, are no flapping', () => {
  const flaps = linkFlaps(LIMITS);
  flaps.note(1, 0);
  flaps.note(3, 5000);
  flaps.note(5, 30_000);
  assert.equal(flaps.wentAway(30_000), undefined);
});

test('three losses within a minute, however many of them one poll finds', () => {
  for (const counters of [
    [1, 7],
    [1, 2, 3, 4, 5, 6, 7],
  ]) {
    const flaps = linkFlaps(LIMITS);
    for (const [at, counter] of counters.entries()) flaps.note(counter, at * 2000);
    assert.equal(flaps.wentAway(14_000), 3);
  }
});

test('a link that has held for a minute is steady', () => {
  const flaps = linkFlaps(LIMITS);
  flaps.note(0, 0);
  flaps.note(20, 1000);
  assert.equal(flaps.wentAway(60_999), 10);
  assert.equal(flaps.wentAway(61_000), undefined);
});

test('losses that are spread out are none too many', () => {
  const flaps = linkFlaps(LIMITS);
  for (let minute = 0; minute < 10; minute++) {
    flaps.note(minute * 2, minute * 60_000);
    assert.equal(flaps.wentAway(minute * 60_000), undefined);
  }
});
