import assert from 'node:assert/strict';
import test from 'node:test';
import { hardwareAddress } from '../../../src/inventory/values/hardware-address.ts';

for (const [raw, address] of [
  ['52:54:00:A1:00:01', '52:54:00:a1:00:01'],
  ['80:00:02:08:fe:80:00:00:00:00:00:00:24:8a:07:03:00:ab:cd:ef', '80:00:02:08:fe:80:00:00:00:00:00:00:24:8a:07:03:00:ab:cd:ef'],
  ['00:00:00:00:00:00', undefined],
  ['00:00:00:00:00:01', '00:00:00:00:00:01'],
  ['10.0.0.1', undefined],
  ['0.0.0.0', undefined],
  ['52:54:00:a1:00:0', undefined],
  ['x52:54:00:a1:00:01', undefined],
  ['52', undefined],
  ['', undefined],
  [undefined, undefined],
] as const) {
  test(`${raw} is ${address}`, () => assert.equal(hardwareAddress(raw), address));
}
