import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearLines } from '../../../src/pool-page/history/near-lines.ts';

test('only what changed is shown, with two lines around, and dots for what is left out', () => {
  const lines = [...'abcdefghijkl'].map((letter) => (letter === 'd' || letter === 'l' ? `+${letter}` : ` ${letter}`));
  assert.deepEqual(nearLines(lines), [' b', ' c', '+d', ' e', ' f', ' …', ' j', ' k', '+l']);
  assert.deepEqual(nearLines(['-a', ' b', ' c', ' d']), ['-a', ' b', ' c'], 'nothing follows');
  assert.deepEqual(nearLines([' a']), []);
});
