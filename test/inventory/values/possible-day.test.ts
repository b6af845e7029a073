import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAfter, lastPossibleDay } from '../../../src/inventory/values/possible-day.ts';

const index = (takenAt?: string) => ({
  index: { captureVersion: 1 as const, commands: [], ...(takenAt === undefined ? {} : { takenAt }) },
});

test('the last day is that of the capture, or ten years behind the release where its clock says nothing', () => {
  assert.equal(lastPossibleDay(index('2027-03-04T05:06:07.000Z')).toISOString(), '2027-03-06T05:06:07.000Z');
  for (const unset of [undefined, '2000-01-01T00:00:00.000Z', 'yesterday'])
    assert.equal(lastPossibleDay(index(unset)).toISOString(), '2036-01-01T00:00:00.000Z');
});

test('dates as firmware and BMCs print them', () => {
  const last = new Date('2027-03-06');
  for (const late of [
    '03/07/2027',
    '3/7/2027',
    '2027-03-07',
    'Mar 7 2027',
    'Sun Mar  7 10:00:00 2027',
    '12/31/2099 23:59:59',
    '01/01/2098 | 1',
  ])
    assert.equal(isAfter(last, late), true, late);
  for (const fine of ['03/05/2027', '2027-03-05', 'Mar 5 2027', '12/31/99', '99/99/2099', 'v2.1', '', undefined])
    assert.equal(isAfter(last, fine), false, fine);
});
