import assert from 'node:assert/strict';
import test from 'node:test';
import { wwnOfDigits } from '../../../src/inventory/values/wwn.ts';

for (const [digits, wwn] of [
  ['5000C500A1B2C3D4', '0x5000c500a1b2c3d4'],
  ['0000000000000001', '0x0000000000000001'],
  ['0000000000000000', undefined],
  ['5000C500A1B2C3D', undefined],
  ['5000C500A1B2C3D40', undefined],
  ['0x5000c500a1b2c3', undefined],
  [undefined, undefined],
] as const) {
  test(`${digits} is ${wwn}`, () => assert.equal(wwnOfDigits(digits), wwn));
}
