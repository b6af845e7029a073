import assert from 'node:assert/strict';
import test from 'node:test';
import { ownWwn, wwnOfDigits } from '../../../src/inventory/values/wwn.ts';

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

for (const [wwn, own] of [
  ['0x5000c500a1b2c3d4', '0x5000c500a1b2c3d4'],
  ['eui.0025385971b0a3c2', 'eui.0025385971b0a3c2'],
  ['0x1234567890abcdef', undefined],
  ['0x5555555555555555', undefined],
  // 1234567890 in decimal behind a maker's number
  ['0x5000cca0499602d2', undefined],
  ['uuid.7e2a1c34-11aa-4f5e-9b1c-2c3d4e5f6a7b', 'uuid.7e2a1c34-11aa-4f5e-9b1c-2c3d4e5f6a7b'],
] as const) {
  test(`of a drive's own is ${wwn}: ${own}`, () => assert.equal(ownWwn(wwn), own));
}
