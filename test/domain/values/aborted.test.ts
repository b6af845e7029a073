import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aborted } from '../../../src/domain/values/aborted.ts';

test('waits for the signal, and not at all when it was aborted before', async () => {
  const stop = new AbortController();
  let isOver = false;
  const waiting = aborted(stop.signal).then(() => {
    isOver = true;
  });
  await Promise.resolve();
  assert.equal(isOver, false);
  stop.abort();
  await waiting;
  await aborted(stop.signal);
});
