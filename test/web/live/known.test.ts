import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOTHING_KNOWN, withChanges } from '../../../src/web/live/known.ts';
import { machine, NOW_MS, visit } from '../machines.ts';

const [a, b, c] = ['52:54:00:00:00:01', '52:54:00:00:00:02', '52:54:00:00:00:03'] as const;
const part = { isWhole: false, isLast: true, nodes: [], gone: [] };

test('what is known grows by changes, and a whole list makes it anew', () => {
  const first = withChanges(
    NOTHING_KNOWN,
    { ...part, id: 'x-2', isWhole: true, nodes: [machine(a), machine(b)], visit: visit() },
    NOW_MS - 5000,
  );
  assert.deepEqual([...first.machines.keys()], [a, b]);
  assert.equal(first.clockOffsetMs, 5000, "our clock is behind the master's");
  const second = withChanges(first, { ...part, id: 'x-4', nodes: [machine(b, { stage: 'kernel' }), machine(c)], gone: [a] }, NOW_MS);
  assert.deepEqual(
    [...second.machines.values()].map(({ mac, stage }) => [mac, stage]),
    [
      [b, 'kernel'],
      [c, 'ack'],
    ],
  );
  assert.deepEqual([second.id, second.visit, second.clockOffsetMs], ['x-4', first.visit, 5000]);
  assert.deepEqual([...first.machines.keys()], [a, b], 'what was drawn is not changed');
  const anew = withChanges(second, { ...part, id: 'y-1', isWhole: true, nodes: [machine(a)] }, NOW_MS);
  assert.deepEqual([...anew.machines.keys()], [a]);
});
