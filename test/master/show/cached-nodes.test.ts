import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { NodeSummary } from '../../../src/domain/api.ts';
import { cachedNodes } from '../../../src/master/show/cached-nodes.ts';

const summaries = (count: number): NodeSummary[] =>
  Array.from({ length: count }, (_, at) => ({ mac: `m${at}`, stage: 'ack', stages: {}, hasReceipt: false, isMaster: false }));

it('makes a long list for no more than a tenth of the time, and gives everybody the same bytes', () => {
  let [nowMs, made] = [0, 0];
  const cached = cachedNodes(
    () => {
      made += 1;
      nowMs += 100;
      return summaries(20_000);
    },
    () => nowMs,
  );
  const first = cached.json();
  for (; nowMs < 999; nowMs += 1) assert.equal(cached.json(), first);
  assert.equal(made, 1);
  nowMs = 1000;
  assert.notEqual(cached.json(), first);
  assert.equal(made, 2);
  assert.equal(cached.list().length, 20_000);
});

it('makes a short list anew whenever somebody asks', () => {
  let made = 0;
  const cached = cachedNodes(
    () => {
      made += 1;
      return summaries(made);
    },
    () => 0,
  );
  assert.equal(JSON.parse(cached.json().toString()).length, 1);
  assert.equal(cached.list().length, 2);
});
