import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Stage } from '../../../src/domain/stages.ts';
import { countTimes, type VisitTimes } from '../../../src/report/fleet/visit-times.ts';

const START_MS = Date.parse('2026-11-20T10:00:00Z');
const of = (...events: [mac: string, stage: Stage, seconds: number][]): VisitTimes | undefined => {
  const { add, times } = countTimes();
  for (const [mac, stage, seconds] of events) add({ mac, stage, at: new Date(START_MS + seconds * 1000).toISOString() });
  return times();
};

describe('times of a visit', () => {
  it('counts each machine once, from its first question and to its first receipt', () => {
    const times = of(
      ['a', 'discover', 0],
      ['b', 'discover', 10],
      ['a', 'agent', 60],
      ['a', 'receipt', 100],
      ['b', 'agent', 90],
      ['a', 'discover', 200],
      ['a', 'receipt', 300],
    );
    assert.deepEqual(times, {
      firstAt: '2026-11-20T10:00:00.000Z',
      lastAt: '2026-11-20T10:05:00.000Z',
      askedSeconds: [0, 10],
      doneSeconds: [100],
      bootMedianSeconds: 60,
      inventoryMedianSeconds: 40,
    });
  });
  it('is nothing without events, and leaves out what a clock cannot say', () => {
    assert.equal(of(), undefined);
    const { add, times } = countTimes();
    add({ mac: 'a', stage: 'discover', at: 'yesterday' });
    assert.equal(times(), undefined);
    assert.equal(of(['a', 'receipt', 5], ['a', 'agent', 9])?.inventoryMedianSeconds, undefined, 'a clock that was set back');
  });
});
