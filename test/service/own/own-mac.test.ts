import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Nic } from '../../../src/domain/record/network.ts';
import { ownMac } from '../../../src/service/own/own-mac.ts';
import { recordFor } from '../../master/fixture-records.ts';

const A = '52:54:00:00:00:0a';
const B = '52:54:00:00:00:0b';

for (const [title, nics, mac] of [
  ['the first on PCI, in whatever order they are listed', [nic('eno2', B, '0000:03:00.1'), nic('eno1', A, '0000:03:00.0')], A],
  ['PCI before USB', [nic('enx0', B), nic('zz', A, '0000:81:00.0')], A],
  ['without PCI by name', [nic('enx1', B), nic('enx0', A)], A],
  ['the permanent address, not the one in use', [{ ...nic('eno1', B, '0000:03:00.0'), permanentMac: A.toUpperCase() }], A],
  [
    'a card without an address is passed over',
    [
      { name: 'ib0', pciAddress: '0000:01:00.0', mac: '80:00:02:08:fe:80:00:00:00:00:00:00:00:02:c9:03:00:0a:0b:0c' },
      nic('eno1', A, '0000:03:00.0'),
    ],
    A,
  ],
  [
    'the link to the BMC is no card, though its USB controller stands before all cards',
    [{ ...nic('idrac', B, '0000:00:14.0'), bmcLink: true }, nic('eno1', A, '0000:03:00.0')],
    A,
  ],
  ['an address of zeros is none', [nic('eno0', '00:00:00:00:00:00', '0000:01:00.0'), nic('eno1', A, '0000:03:00.0')], A],
] as const) {
  test(title, () => assert.equal(ownMac(recordWith({ status: 'ok', data: [...nics] })), mac));
}

test('a machine without a network card', () => {
  for (const nics of [{ status: 'ok', data: [] }, { status: 'absent' }, { status: 'failed', reason: 'ip failed' }] as const) {
    assert.throws(() => ownMac(recordWith(nics)), { code: 'not-found', message: /no network card/ });
  }
});

function nic(name: string, mac: string, pciAddress?: string): Nic {
  return { name, mac, ...(pciAddress === undefined ? {} : { pciAddress }) };
}

function recordWith(nics: unknown): Buffer {
  const record = recordFor('S1');
  return Buffer.from(JSON.stringify({ ...record, sections: { ...record.sections, nics } }));
}
