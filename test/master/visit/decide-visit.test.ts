import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IdentityKey } from '../../../src/domain/record/identity.ts';
import { decideVisit, isDayKnown, type VisitQuestion } from '../../../src/master/visit/decide-visit.ts';
import { knownVisit, OTHER, R640, startOf } from './known-visit.ts';

const BUILT = new Date('2026-01-01T00:00:00Z');
const NOON = new Date('2026-05-03T12:00:00Z');
const PLACEHOLDER = { uuid: '03000200-0400-0500-0006-000700080009', serial: 'To be filled by O.E.M.', macs: [] };
const keysOfOther: IdentityKey[] = [
  // of the two byte orders of its UUID the smaller spelling
  { kind: 'uuid', value: '44454c4c-5100-104d-8034-c4c04f333232' },
  { kind: 'nic', value: '0c:c4:7a:99:00:01' },
];
const at = (time: string): Pick<VisitQuestion, 'now'> => ({ now: new Date(time) });
const visits = (...change: Parameters<typeof knownVisit>[0][]): Pick<VisitQuestion, 'visits'> => ({ visits: change.map(knownVisit) });
const sited = (site: string, before: string): Partial<VisitQuestion> => ({
  place: { ...R640, site },
  ...visits({ places: [{ ...R640, site: before }, R640] }),
});

const TABLE: readonly (readonly [title: string, change: Partial<VisitQuestion>, expected: string])[] = [
  ['a stick that was nowhere', { visits: [] }, 'begin first'],
  ['a reboot of the same machine on the same day', {}, 'go-on same-machine'],
  ['the last second of the day', at('2026-05-03T23:59:59.999Z'), 'go-on same-machine'],
  ['the next morning', at('2026-05-04T08:00:00Z'), 'begin other-day'],
  ['a month later at the same machine', at('2026-06-03T08:00:00Z'), 'begin other-day'],
  [
    'a power cut half past midnight, in a visit that runs past it',
    { ...at('2026-05-04T00:30:00Z'), ...visits({ lastAt: '2026-05-03T23:50:00.000Z' }) },
    'go-on same-machine',
  ],
  [
    'the morning after a night in which it was silent for six hours',
    { ...at('2026-05-04T06:00:00Z'), ...visits({ lastAt: '2026-05-04T00:00:00.000Z' }) },
    'begin other-day',
  ],
  [
    'a clock that went back over midnight by minutes',
    { ...at('2026-05-02T23:58:00Z'), ...visits({ lastAt: '2026-05-03T00:05:00.000Z' }) },
    'go-on same-machine',
  ],
  ['a clock that went back by weeks', at('2026-04-03T12:00:00Z'), 'begin other-day'],
  ['a clock that starts in 1970', at('1970-01-01T00:02:00Z'), 'begin clock-unset'],
  ['a clock that is before the image by more than a day', at('2025-12-30T23:59:59Z'), 'begin clock-unset'],
  [
    'a clock that starts in 1970, twice on the same machine: nobody knows if that is one day',
    { ...at('1970-01-01T00:05:00Z'), ...visits({ start: startOf({ begunAt: '1970-01-01T00:02:00.000Z', isDayKnown: false }) }) },
    'begin clock-unset',
  ],
  ['a clock that was set after the visit had begun without', visits({ start: startOf({ isDayKnown: false }) }), 'begin day-unknown'],
  ['another machine that was never seen', { place: OTHER }, 'begin other-machine'],
  [
    'another machine that has a record of the visit: the stick was moved, because the first machine was bad',
    { place: OTHER, machines: [[{ kind: 'serial', value: 'x-1' }], keysOfOther] },
    'go-on machine-of-visit',
  ],
  ['a machine of the visit on another day', { place: OTHER, machines: [keysOfOther], ...at('2026-06-03T08:00:00Z') }, 'begin other-day'],
  ['the second machine of a visit that went on there', { place: OTHER, ...visits({ places: [R640, OTHER] }) }, 'go-on same-machine'],
  ['a machine with a new network card', { place: { ...R640, macs: ['0c:c4:7a:77:00:01'] } }, 'begin other-machine'],
  ['a machine whose firmware says nothing, by its ports', { place: { macs: R640.macs } }, 'go-on same-machine'],
  ['two machines of which nothing is known', { place: { macs: [] }, ...visits({ places: [{ macs: [] }] }) }, 'begin other-machine'],
  [
    'two machines with the numbers that their maker left in',
    { place: PLACEHOLDER, ...visits({ places: [PLACEHOLDER] }) },
    'begin other-machine',
  ],
  ['a laptop on the same day: it goes from hall to hall as the stick does', { place: { ...R640, isPortable: true } }, 'begin portable'],
  ['another site in recon.yaml', sited('hall-4', 'hall-3'), 'begin other-site'],
  ['the same site in recon.yaml', sited('hall-3', 'hall-3'), 'go-on same-machine'],
  ['a site that was written down at noon', { place: { ...R640, site: 'hall-3' } }, 'go-on same-machine'],
  [
    'the same site on another machine: a name is no place',
    { ...sited('hall-3', 'hall-3'), place: { ...OTHER, site: 'hall-3' } },
    'begin other-machine',
  ],
  [
    'continue in recon.yaml, on another day and machine',
    { setting: 'continue', place: OTHER, ...at('2026-06-03T08:00:00Z') },
    'go-on setting',
  ],
  ['continue in recon.yaml, without a clock', { setting: 'continue', ...at('1970-01-01T00:02:00Z') }, 'go-on setting'],
  ['continue in recon.yaml, and nothing to go on with', { setting: 'continue', visits: [] }, 'begin first'],
  ['auto in recon.yaml', { setting: 'auto', ...at('2026-06-03T08:00:00Z') }, 'begin other-day'],
  [
    'a restart of the service, whatever the clock says',
    { ofThisBoot: '0123abcd', ...at('1970-01-01T00:02:00Z'), place: OTHER },
    'go-on same-boot',
  ],
  ['a restart of the service with another stick', { ofThisBoot: 'ffffffff', ...at('2026-06-03T08:00:00Z') }, 'begin other-day'],
];

for (const [title, change, expected] of TABLE)
  test(`${title}: ${expected}`, () => {
    const question = {
      ofThisBoot: undefined,
      setting: undefined,
      now: NOON,
      builtAt: BUILT,
      place: R640,
      machines: [],
      ...visits({}),
      ...change,
    };
    const { decision, reason } = decideVisit(question);
    assert.equal(`${decision} ${reason}`, expected);
  });

test('only the last visit is gone on with', () => {
  const question = { ofThisBoot: undefined, setting: undefined, now: NOON, builtAt: BUILT, place: R640, machines: [] };
  const later = knownVisit({ start: startOf({ id: 'aaaaaaaa', number: 2, place: OTHER }) });
  assert.deepEqual(decideVisit({ ...question, visits: [knownVisit(), later] }), { decision: 'begin', reason: 'other-machine' });
  const same = knownVisit({ start: startOf({ id: 'aaaaaaaa', number: 2 }) });
  assert.deepEqual(decideVisit({ ...question, visits: [knownVisit(), same] }), { decision: 'go-on', visit: same, reason: 'same-machine' });
});

test('a clock may be set to local time on the day on which the image was built', () => {
  assert.deepEqual(
    ['2026-01-01T00:00:00Z', '2025-12-31T12:00:00Z', '2025-12-31T00:00:00Z', '2025-12-30T23:59:59Z'].map((now) =>
      isDayKnown(new Date(now), BUILT),
    ),
    [true, true, true, false],
  );
});
