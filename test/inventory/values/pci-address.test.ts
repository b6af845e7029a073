import assert from 'node:assert/strict';
import test from 'node:test';
import { isPciAddress, pciAddress } from '../../../src/inventory/values/pci-address.ts';

for (const [raw, address] of [
  ['0000:00:1f.2', '0000:00:1f.2'],
  ['0000:3B:00.0', '0000:3b:00.0'],
  ['00000000:43:00.0', '0000:43:00.0'],
  ['00010000:0A:00.7', '00010000:0a:00.7'],
  ['10000:01:00.0', '10000:01:00.0'],
  [' 0000:01:00.0\n', '0000:01:00.0'],
  ['01:00.0', undefined],
  ['0000:01:00', undefined],
  ['0000:01:00.8', undefined],
  ['0000:01:00.10', undefined],
  ['000:01:00.0', undefined],
  ['000000000:01:00.0', undefined],
  ['usb-0000:00:14.0', undefined],
  ['', undefined],
  [undefined, undefined],
] as const) {
  test(`${JSON.stringify(raw)} is ${address}`, () => assert.equal(pciAddress(raw), address));
}

test('an address in any case, and nothing around it', () => {
  assert.deepEqual(['0000:3B:00.0', ' 0000:3b:00.0', 'x0000:3b:00.0', '3b:00.0'].map(isPciAddress), [true, false, false, false]);
});
