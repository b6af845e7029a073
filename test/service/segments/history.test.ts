import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SegmentState } from '../../../src/master/guard/segment-state.ts';
import { segmentHistory } from '../../../src/service/segments/history.ts';

const refused = (sentence: string): SegmentState => ({ state: 'refused', reasons: [{ code: 'probe-failed', sentence, hint: '' }] });

test('a reason stays known when the segment is looked at again, and what is so now is no history', () => {
  let minute = 0;
  const history = segmentHistory({ now: () => new Date(Date.UTC(2026, 10, 20, 12, minute++)) });
  history.note('eno1', refused('A server answers.'));
  assert.deepEqual(history.of('eno1'), []);
  history.note('eno1', { state: 'probing' });
  history.note('eno1', { state: 'quiet' });
  assert.deepEqual(history.of('eno1'), [{ at: '2026-11-20T12:00:00.000Z', sentence: 'A server answers.' }]);
  for (let round = 0; round < 12; round += 1) history.note('eno1', refused(`Reason ${round}.`));
  assert.equal(history.of('eno1').length, 10);
  assert.equal(history.of('eno1').at(-1)?.sentence, 'Reason 10.');
  assert.deepEqual(history.of('eno2'), []);
});
