import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heaviest } from './heaviest.ts';

const node = (id: number, functionName: string, url = '', lineNumber = -1): object => ({
  id,
  callFrame: { functionName, url, lineNumber },
});

test('the functions that took the most, together over all ways to them, and without waiting', () => {
  const profile = {
    nodes: [
      node(1, '(idle)'),
      node(2, 'pack', 'file:///somewhere/src/seal/gather.ts', 9),
      node(3, '', 'node:zlib', 4),
      node(4, 'pack', 'file:///somewhere/src/seal/gather.ts', 9),
      node(5, '(garbage collector)'),
    ],
    samples: [1, 2, 3, 4, 5],
    timeDeltas: [500_000, 3000, 2000, 4000, 1000],
  };
  assert.deepEqual(heaviest(profile, 2), [
    '     10 ms of this thread at work, of which',
    '      7 ms  70.0 %  pack  src/seal/gather.ts:10',
    '      2 ms  20.0 %  (without a name)  node:zlib:5',
  ]);
});

test('what is no profile is told', () => {
  assert.throws(() => heaviest({ nodes: [] }, 10), /samples/);
});
