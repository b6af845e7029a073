import assert from 'node:assert/strict';
import test from 'node:test';
import { normalisePci } from '../../../../src/inventory/sections/pci/pci.ts';
import { dataOf, sectionOf } from '../../capture-fixture.ts';

test('functions with numbers, names and driver', () => {
  const lspci = [
    'Slot:\t0000:00:03.0',
    'Class:\tEthernet controller [0200]',
    'Vendor:\tRed Hat, Inc. [1AF4]',
    'Device:\tVirtio [network] device [1000]',
    'SVendor:\tRed Hat, Inc. [1af4]',
    'SDevice:\tDevice [0001]',
    'PhySlot:\t3',
    'Rev:\t01',
    'Driver:\tvirtio-pci',
    'Module:\tvirtio_pci',
    'Module:\tother',
    'NUMANode:\t0',
    '',
    'Slot:\t0000:ff:1f.7',
    'Class:\tClass [ff00]',
    '',
    'Slot:\tcut of',
  ].join('\n');
  assert.deepEqual(dataOf(sectionOf(normalisePci, { outputs: { lspci } })), [
    {
      address: '0000:00:03.0',
      classId: '0200',
      class: 'Ethernet controller',
      vendorId: '1af4',
      vendor: 'Red Hat, Inc.',
      deviceId: '1000',
      device: 'Virtio [network] device',
      subsystemVendorId: '1af4',
      subsystemVendor: 'Red Hat, Inc.',
      subsystemDeviceId: '0001',
      driver: 'virtio-pci',
      revision: '01',
      slot: '3',
      numaNode: 0,
    },
    { address: '0000:ff:1f.7', classId: 'ff00' },
  ]);
});

test('no PCI bus is no failure, no lspci is absent', () => {
  assert.deepEqual(sectionOf(normalisePci, { outputs: { lspci: '' } }), { status: 'ok', data: [] });
  const absent = sectionOf(normalisePci, { commands: [{ id: 'lspci', argv: ['lspci'], status: 'absent', durationMs: 0 }] });
  assert.deepEqual(absent, { status: 'absent', reason: 'lspci: not installed' });
});
