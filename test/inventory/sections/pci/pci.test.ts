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

const LEFT_OUT = 'usr/share/recon/left-out-drivers';
const unbound = (slot: string, ...more: string[]): string =>
  [`Slot:\t${slot}`, 'Class:\tEthernet controller [0200]', ...more, ''].join('\n');

test('where no driver is bound: modules that the kernel has, and those that the image leaves out', () => {
  const lspci = [
    unbound('0000:01:00.0', 'Module:\tbna', 'Module:\tother'),
    unbound('0000:02:00.0'),
    unbound('0000:03:00.0', 'Driver:\tigb', 'Module:\tigb'),
  ].join('\n');
  const modalias = (vendor: string): string => `pci:v0000${vendor}d00000200sv00001186sd00001002bc02sc00i00\n`;
  const files = {
    [LEFT_OUT]:
      'pci:v000013F0d00000200sv*sd*bc*sc*i* sundance\npci:v000013F0d*sv*sd*bc02sc*i* ancient\npci:v00008086d00000200sv*sd*bc*sc*i* igb_old\n',
    'sys/bus/pci/devices/0000:01:00.0/modalias': modalias('1657'),
    'sys/bus/pci/devices/0000:02:00.0/modalias': modalias('13F0'),
    'sys/bus/pci/devices/0000:03:00.0/modalias': modalias('8086'),
    // lspci does not list this one
    'sys/bus/pci/devices/0000:04:00.0/modalias': modalias('13F0'),
  };
  const found = dataOf(sectionOf(normalisePci, { outputs: { lspci }, files }));
  assert.deepEqual(
    found.map(({ address, driver, modules, leftOutModules }) => [address.slice(5, 7), driver, modules, leftOutModules]),
    [
      ['01', undefined, ['bna', 'other'], undefined],
      ['02', undefined, undefined, ['ancient', 'sundance']],
      ['03', 'igb', undefined, undefined],
      ['04', undefined, undefined, ['ancient', 'sundance']],
    ],
  );
});

test('no PCI bus is no failure, no lspci is absent', () => {
  assert.deepEqual(sectionOf(normalisePci, { outputs: { lspci: '' } }), { status: 'ok', data: [] });
  const absent = sectionOf(normalisePci, { commands: [{ id: 'lspci', argv: ['lspci'], status: 'absent', durationMs: 0 }] });
  assert.deepEqual(absent, { status: 'absent', reason: 'lspci: not installed' });
});
