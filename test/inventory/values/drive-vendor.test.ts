import assert from 'node:assert/strict';
import test from 'node:test';
import { driveVendor } from '../../../src/inventory/values/drive-vendor.ts';

for (const [raw, vendor] of [
  ['SEAGATE ', 'SEAGATE'],
  ['Example,', 'Example'],
  ['ATA     ', undefined],
  ['0x1af4', undefined],
  ['0X1AF4', undefined],
  ['0x1af45', '0x1af45'],
  ['x0x1af4', 'x0x1af4'],
  ['Unknown', undefined],
  [undefined, undefined],
] as const) {
  test(`${raw} is ${vendor}`, () => assert.equal(driveVendor(raw), vendor));
}
