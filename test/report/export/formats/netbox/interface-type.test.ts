import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Nic } from '../../../../../src/domain/record/network.ts';
import { netboxInterfaceType } from '../../../../../src/report/export/formats/netbox/interface-type.ts';

const COPPER: Partial<Nic> = { portType: 'Twisted Pair' };
const FIBRE: Partial<Nic> = { portType: 'FIBRE' };
const DAC: Partial<Nic> = { portType: 'Direct Attach Copper' };
const MODULE: Partial<Nic> = { transceiver: {} };
const INFINIBAND: Partial<Nic> = { linkType: 'infiniband', ...DAC };

for (const [kind, nic, types] of [
  [
    'copper',
    COPPER,
    { 100: '100base-tx', 1000: '1000base-t', 2500: '2.5gbase-t', 5000: '5gbase-t', 10000: '10gbase-t', 10: 'other', 25000: 'other' },
  ],
  [
    'fibre',
    FIBRE,
    {
      ...{ 1000: '1000base-x-sfp', 10000: '10gbase-x-sfpp', 25000: '25gbase-x-sfp28', 40000: '40gbase-x-qsfpp' },
      ...{ 100000: '100gbase-x-qsfp28', 200000: '200gbase-x-qsfp56', 400000: '400gbase-x-qsfpdd', 100: 'other' },
    },
  ],
  ['a cable with fixed ends', DAC, { 10000: '10gbase-x-sfpp' }],
  ['a module', MODULE, { 10000: '10gbase-x-sfpp' }],
  ['nothing that tells its connector', {}, { 10000: 'other' }],
  [
    'InfiniBand',
    INFINIBAND,
    {
      ...{ 20000: 'infiniband-ddr', 40000: 'other', 56000: 'infiniband-fdr', 100000: 'infiniband-edr', 200000: 'infiniband-hdr' },
      ...{ 400000: 'infiniband-ndr', 800000: 'infiniband-xdr' },
    },
  ],
] as const satisfies readonly (readonly [string, Partial<Nic>, Readonly<Record<number, string>>])[]) {
  for (const [speed, type] of Object.entries(types))
    test(`${kind} at ${speed} Mbit/s: ${type}`, () =>
      assert.equal(netboxInterfaceType({ name: 'eno1', ...nic, speedMbps: Number(speed) }), type));

  test(`${kind} at an unknown speed: other`, () => assert.equal(netboxInterfaceType({ name: 'eno1', ...nic }), 'other'));
}

test('a copper port is what it can do, not what its link does now', () => {
  const supportedModes = ['100baseT/Full', '10000baseT/Full'];
  assert.equal(netboxInterfaceType({ name: 'eno1', ...COPPER, supportedModes, speedMbps: 1000 }), '10gbase-t');
});
