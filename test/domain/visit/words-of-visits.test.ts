import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VisitStart } from '../../../src/domain/visit/visit-start.ts';
import { beginningWords, earlierWords, placeWords, visitStartWords } from '../../../src/domain/visit/words-of-visits.ts';

const START: VisitStart = { id: '0123abcd', number: 2, begunAt: '2026-06-03T08:12:59.000Z', isDayKnown: true, place: { macs: [] } };
const UNSET = { ...START, number: 3, begunAt: '1970-01-01T00:02:00.000Z', isDayKnown: false };

test('a visit in words: what is not known is left out', () => {
  const place = { site: 'hall-3', product: 'PowerEdge R640', serial: 'B5RM2M2', macs: [] };
  assert.equal(visitStartWords(START), 'visit 2, begun 2026-06-03 08:12 UTC');
  assert.equal(visitStartWords({ ...START, place }), 'visit 2, begun 2026-06-03 08:12 UTC (hall-3 on PowerEdge R640 B5RM2M2)');
  assert.deepEqual([placeWords({ serial: 'B5RM2M2' }), placeWords({ site: 'hall-3' })], ['B5RM2M2', 'hall-3']);
  assert.equal(beginningWords(UNSET), '1970-01-01 00:02 UTC by a clock that was not set');
});

test('what a firmware calls itself cannot steer a terminal', () => {
  assert.equal(placeWords({ site: 'hall\u009b2J', product: '\u001b[2JR640\n' }), 'hall?2J on ?[2JR640?');
});

test('earlier visits in words, one by one', () => {
  const earlier = [{ machines: 1 }, { visit: START, machines: 40 }, { visit: UNSET, machines: 2 }];
  assert.equal(
    earlierWords(earlier),
    '1 machine of an older version of Recon, 40 machines of 2026-06-03, 2 machines of visit 3 (its day is unknown)',
  );
});

test('of visits that began on one day the time is told, and of no other', () => {
  const at = (time: string) => ({ ...START, begunAt: `2026-05-03T${time}:59.000Z` });
  const earlier = [
    { machines: 1 },
    { visit: at('08:12'), machines: 4 },
    { visit: at('14:02'), machines: 3 },
    { visit: START, machines: 40 },
    { visit: { ...START, begunAt: '2026-07-03T08:12:59.000Z' }, machines: 0, isUnread: true as const },
  ];
  assert.equal(
    earlierWords(earlier),
    '1 machine of an older version of Recon, 4 machines of 2026-05-03 08:12, 3 machines of 2026-05-03 14:02, 40 machines of 2026-06-03, a visit of 2026-07-03 that is not read',
  );
});
