import assert from 'node:assert/strict';
import test from 'node:test';
import { countFindings, type Severity, worstFirst } from '../../../src/domain/record/finding.ts';

const list = (['note', 'warning', 'critical', 'note', 'critical'] as Severity[]).map((severity, at) => ({ severity, at }));

test('findings are counted by severity', () => {
  assert.deepEqual(countFindings(list), { critical: 2, warning: 1, note: 2 });
  assert.deepEqual(countFindings([]), { critical: 0, warning: 0, note: 0 });
});

test('the worst stand first, and equals keep their order', () => {
  assert.deepEqual(
    worstFirst(list).map(({ at }) => at),
    [2, 4, 1, 0, 3],
  );
});
