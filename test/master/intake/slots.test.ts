import assert from 'node:assert/strict';
import { it } from 'node:test';
import { atMost } from '../../../src/domain/values/at-most.ts';
import { rateLimit } from '../../../src/master/http/rate-limit.ts';
import { uploadSlots } from '../../../src/master/intake/slots.ts';

it('gives places per address and in all, and takes them back once', () => {
  const places = uploadSlots({ inAll: 3, perAddress: 2 });
  const leave = places.enter('a');
  places.enter('a');
  assert.throws(() => places.enter('a'), { code: 'busy', httpStatus: 503 });
  places.enter('b');
  assert.throws(() => places.enter('c'), { code: 'busy' });
  leave();
  leave();
  places.enter('c');
  assert.throws(() => places.enter('d'), { code: 'busy' });
});

it('keeps half of the places for machines with a lease', () => {
  const places = uploadSlots({ inAll: 4, perAddress: 4 });
  const leave = places.enter('a', false);
  places.enter('b', false);
  assert.throws(() => places.enter('c', false), { code: 'busy' });
  places.enter('d', true);
  leave();
  places.enter('c', false);
  places.enter('e', true);
});

it('gives half of the places to strangers, and none of them back twice', () => {
  const places = uploadSlots({ inAll: 6, perAddress: 6 });
  const [leave] = ['a', 'b', 'c'].map((address) => places.enter(address, false));
  assert.throws(() => places.enter('d', false), { code: 'busy' });
  places.enter('e', true)();
  assert.throws(() => places.enter('d', false), { code: 'busy' }, 'a machine with a lease had none of theirs');
  leave?.();
  leave?.();
  places.enter('d', false);
  assert.throws(() => places.enter('f', false), { code: 'busy' });
});

it('gives the only place of an address', () => {
  const places = uploadSlots({ inAll: 1, perAddress: 1 });
  places.enter('a')();
  places.enter('b');
});

it('gives each key its turns, and gives them back with time', () => {
  let nowMs = 0;
  const limit = rateLimit({ burst: 2, perSecond: 0.5, keys: 10, nowMs: () => nowMs });
  assert.deepEqual(
    ['a', 'a', 'a', 'b'].map((key) => limit.take(key)),
    [true, true, false, true],
  );
  nowMs = 1999;
  assert.equal(limit.take('a'), false);
  nowMs = 3900;
  assert.deepEqual([limit.take('a'), limit.take('a')], [true, false]);
});

it('remembers no more keys than it may: the quietest goes', () => {
  const limit = rateLimit({ burst: 1, perSecond: 0, keys: 2, nowMs: () => 0 });
  assert.deepEqual(
    ['a', 'b', 'a', 'c', 'a', 'b'].map((key) => limit.take(key)),
    [true, true, false, true, false, true],
  );
});

it('runs so much at the same time and no more, in order, also behind a failure', async () => {
  const limited = atMost(2);
  let running = 0;
  let most = 0;
  const started: number[] = [];
  const work = (number: number) =>
    limited(async () => {
      started.push(number);
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      if (number === 1) throw new Error('one fails');
    });
  const ends = await Promise.allSettled([0, 1, 2, 3, 4, 5].map(work));
  assert.deepEqual(started, [0, 1, 2, 3, 4, 5]);
  assert.equal(most, 2);
  assert.deepEqual(
    ends.map(({ status }) => status === 'fulfilled'),
    [true, false, true, true, true, true],
  );
});
