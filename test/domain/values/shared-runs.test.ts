import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedRuns } from '../../../src/domain/values/shared-runs.ts';

/** Work whose runs end when the test says so. */
function steered() {
  const ends: PromiseWithResolvers<void>[] = [];
  const work = (): Promise<void> => {
    const end = Promise.withResolvers<void>();
    ends.push(end);
    return end.promise;
  };
  return { work, ends };
}

test('who asks while it runs waits for one more run, which all of them share', async () => {
  const { work, ends } = steered();
  const ask = sharedRuns(work);
  const done: string[] = [];
  const first = ask().then(() => done.push('first'));
  const later = ['second', 'third'].map((name) => ask().then(() => done.push(name)));
  assert.equal(ends.length, 1);
  ends[0]?.resolve();
  await first;
  assert.deepEqual(done, ['first'], 'the running one may have passed what they want done');
  assert.equal(ends.length, 2);
  const last = ask().then(() => done.push('last'));
  ends[1]?.resolve();
  await Promise.all(later);
  assert.deepEqual(done, ['first', 'second', 'third']);
  ends[2]?.resolve();
  await last;
  assert.equal(ends.length, 3);
  const again = ask();
  assert.equal(ends.length, 4, 'when nothing runs it starts at once');
  ends[3]?.resolve();
  await again;
});

test('a failure is told to those who shared the run, and the next run starts all the same', async () => {
  const { work, ends } = steered();
  const ask = sharedRuns(work);
  const first = ask();
  const second = ask();
  ends[0]?.reject(new Error('gone'));
  await assert.rejects(first, /gone/);
  ends[1]?.resolve();
  await second;
});
