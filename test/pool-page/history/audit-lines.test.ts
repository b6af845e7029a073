import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditTurned } from '../../../src/pool-page/history/audit-lines.ts';

test('the newest line first, and only those with every word', () => {
  const line = (number: number, what: string, nodes?: string[]) => ({
    ...{ number, what, at: '2026-11-29T09:00:00Z', who: 'Ada', from: '10.0.0.9', previous: '' },
    ...(nodes === undefined ? {} : { nodes }),
  });
  const lines = [line(1, 'signed in'), line(2, 'boots failsafe', ['node-000']), line(3, 'boots compute')];
  const found = (search: string): number[] => auditTurned(lines, search).map(({ number }) => number);
  assert.deepEqual(found(''), [3, 2, 1]);
  assert.deepEqual(found('ADA boots'), [3, 2]);
  assert.deepEqual(found('node-000'), [2]);
  assert.deepEqual(found('10.0.0.8'), []);
});
