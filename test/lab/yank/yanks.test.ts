import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LoggedRequest } from '../../../src/lab/yank/write-log.ts';
import { chooseYanks, LOSS_MODELS, survivorsOf } from '../../../src/lab/yank/yanks.ts';

const requests = 'wwwfwwwwfwwwwwwwwwwwwwwww'
  .split('')
  .map((letter): LoggedRequest => ({ kind: letter === 'f' ? 'flush' : 'write', offsetBytes: 0, sizeBytes: 512, dataAt: 0 }));

test('the moments are the same for the same seed, in the order of the log, and the models take turns', () => {
  const yanks = chooseYanks(requests, 12, 'a');
  assert.deepEqual(yanks, chooseYanks(requests, 12, 'a'));
  assert.notDeepEqual(yanks, chooseYanks(requests, 12, 'b'));
  assert.deepEqual(
    [...yanks].sort((one, other) => one.at - other.at),
    yanks,
  );
  assert.ok(yanks.every(({ at }) => at >= 1 && at <= requests.length));
  for (const model of LOSS_MODELS) assert.equal(yanks.filter((yank) => yank.model === model).length, 4);
});

test('a stick keeps all writes, those before the last flush, or besides them some of the later ones', () => {
  const yank = { number: 1, at: 20 };
  assert.deepEqual(survivorsOf(requests, { ...yank, model: 'all written' }, 'a'), { upTo: 20, others: [] });
  assert.deepEqual(survivorsOf(requests, { ...yank, model: 'up to the last flush' }, 'a'), { upTo: 9, others: [] });
  const half = survivorsOf(requests, { ...yank, model: 'half of the unflushed' }, 'a');
  assert.equal(half.upTo, 9);
  assert.ok(half.others.length > 0 && half.others.length < 11, String(half.others.length));
  assert.ok(half.others.every(({ place, share }) => place >= 9 && place < 20 && share > 0 && share <= 1));
  const others = (number: number) => survivorsOf(requests, { number, at: 20, model: 'half of the unflushed' }, 'a').others;
  assert.notDeepEqual(others(1), others(2));
});

test('before the first flush nothing is certain', () => {
  assert.deepEqual(survivorsOf(requests, { number: 1, at: 3, model: 'up to the last flush' }, 'a'), { upTo: 0, others: [] });
});

test('half of the moments fall where the bytes are', () => {
  const big = { kind: 'write', offsetBytes: 0, sizeBytes: 1_000_000, dataAt: 0 } as const;
  const log = [...requests, big, ...requests];
  const within = chooseYanks(log, 400, 'a').filter(({ at }) => at === requests.length + 1).length;
  assert.ok(within > 150 && within < 250, String(within));
});

test('some of the surviving requests are torn', () => {
  const log = Array.from({ length: 1000 }, (): LoggedRequest => ({ kind: 'write', offsetBytes: 0, sizeBytes: 4096, dataAt: 0 }));
  const { others } = survivorsOf(log, { number: 1, model: 'half of the unflushed', at: 1000 }, 'a');
  const torn = others.filter(({ share }) => share < 1).length;
  assert.ok(others.length > 400 && others.length < 600 && torn > 60 && torn < 150, `${others.length} ${torn}`);
});
