import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certificateLife } from '../../../src/pool/public/certificate-life.ts';

const day = (text: string): Date => new Date(`${text}T12:00:00Z`);
const YEAR = { beginsAt: day('2026-01-01'), endsAt: day('2027-01-01') };
const QUARTER = { beginsAt: day('2026-10-03'), endsAt: day('2027-01-01') };

for (const [what, life, now, text] of [
  ['three weeks and more are left', YEAR, '2026-12-10', undefined],
  ['less than three weeks', YEAR, '2026-12-12', 'it ends on 2027-01-01, in 20 days'],
  ['of three months, renewed when a third is left, only the last fifth', QUARTER, '2026-12-13', undefined],
  ['the last fifth', QUARTER, '2026-12-15', 'it ends on 2027-01-01, in 17 days'],
  ['a day', YEAR, '2026-12-31', 'it ends on 2027-01-01, in a day'],
  ['over', YEAR, '2027-01-01', 'it ended on 2027-01-01: browsers refuse it'],
  ['not begun', YEAR, '2025-12-31', 'it is valid only from 2026-01-01, and the clock says 2025-12-31'],
] as const) {
  test(`the life of a certificate: ${what}`, () => {
    assert.equal(certificateLife(life, day(now)), text);
  });
}

test('the life of a certificate: its last hours', () => {
  assert.equal(certificateLife(YEAR, new Date('2027-01-01T11:00:00Z')), 'it ends on 2027-01-01, within a day');
});
