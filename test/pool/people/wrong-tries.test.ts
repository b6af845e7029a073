import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wrongTries } from '../../../src/pool/people/wrong-tries.ts';

const MINUTE = 60_000;

function rig() {
  const clock = { ms: 0 };
  const tries = wrongTries(() => clock.ms);
  const wrong = (times: number, key = 'a'): void => {
    for (let time = 0; time < times; time += 1) tries.wrong(key);
  };
  const waitOf = (key = 'a'): number => {
    try {
      tries.requireMay(key);
      return 0;
    } catch (error) {
      assert.equal((error as { code?: string }).code, 'login-locked');
      return Number(/wait (\d+) seconds/.exec((error as Error).message)?.[1]);
    }
  };
  return { clock, tries, wrong, waitOf };
}

test('ten are free; then half a minute, and twice as long each time, a quarter of an hour at most', () => {
  const { clock, wrong, waitOf } = rig();
  wrong(9);
  assert.equal(waitOf(), 0);
  wrong(1);
  assert.equal(waitOf(), 30);
  clock.ms = 30_000;
  assert.equal(waitOf(), 0);
  wrong(1);
  assert.equal(waitOf(), 60);
  wrong(1);
  assert.equal(waitOf(), 120);
  wrong(10);
  assert.equal(waitOf(), 900);
});

test('who is right begins anew, and so does who was quiet for an hour', () => {
  const { clock, tries, wrong, waitOf } = rig();
  wrong(10);
  tries.right('a');
  assert.equal(waitOf(), 0);
  wrong(11);
  clock.ms = 61 * MINUTE;
  wrong(1);
  assert.equal(waitOf(), 0);
});

test('one key says nothing of another', () => {
  const { wrong, waitOf } = rig();
  wrong(20, 'a');
  assert.deepEqual([waitOf('a') > 0, waitOf('b')], [true, 0]);
});

test('made-up keys push out the oldest: the memory has an end, and who guesses on is still counted', () => {
  const { wrong, waitOf } = rig();
  wrong(11, 'old');
  for (let other = 0; other < 10_000; other += 1) {
    if (other === 5000) wrong(1, 'steady');
    wrong(1, `other ${other}`);
    if (other > 5000 && other % 500 === 0) wrong(1, 'steady');
  }
  assert.equal(waitOf('old'), 0);
  assert.equal(waitOf('steady'), 30);
});
