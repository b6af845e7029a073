import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { firmwareDate } from '../../../src/report/fleet/firmware-date.ts';

describe('date of a firmware', () => {
  for (const [printed, date] of [
    ['03/15/2022', '2022-03-15'],
    ['3/5/2022', '2022-03-05'],
    ['12/31/99', '1999-12-31'],
    ['2021-07-01', '2021-07-01'],
    ['02/30/2022', undefined],
    ['13/01/2022', undefined],
    ['May 2022', undefined],
    [undefined, undefined],
  ] as const)
    it(`${printed} is ${date}`, () => assert.equal(firmwareDate(printed), date));
});
