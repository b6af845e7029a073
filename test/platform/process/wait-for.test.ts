import assert from 'node:assert/strict';
import { it } from 'node:test';
import { waitFor } from '../../../src/platform/process/wait-for.ts';

const LIMITS = { timeoutMs: 10, pauseMs: 0 };

it('asks until there is an answer', async (t) => {
  t.mock.method(performance, 'now', () => 0);
  let asked = 0;
  const answer = await waitFor(async () => {
    asked += 1;
    return asked < 4 ? undefined : 'here';
  }, LIMITS);
  assert.deepEqual([answer, asked], ['here', 4]);
});

it('asks a last time at the end of its time, and no more', async (t) => {
  let nowMs = 0;
  t.mock.method(performance, 'now', () => nowMs);
  let asked = 0;
  const ask = (stepMs: number) =>
    waitFor(() => {
      asked += 1;
      nowMs += stepMs;
      return undefined;
    }, LIMITS);
  assert.equal(await ask(10), undefined);
  assert.equal(asked, 1);
  assert.equal(await ask(9), undefined);
  assert.equal(asked, 3);
});

it('does not ask again before the pause is over', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let asked = 0;
  const answer = waitFor(
    () => {
      asked += 1;
      return asked < 2 ? undefined : 'here';
    },
    { timeoutMs: 600_000, pauseMs: 50 },
  );
  const settle = async (): Promise<void> => {
    for (let turns = 0; turns < 5; turns += 1) await new Promise(setImmediate);
  };
  await settle();
  t.mock.timers.tick(49);
  await settle();
  assert.equal(asked, 1);
  t.mock.timers.tick(1);
  assert.equal(await answer, 'here');
});
