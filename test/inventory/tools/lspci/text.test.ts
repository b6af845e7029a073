import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../../src/inventory/normalise.ts';
import { dataOf, fixtureCapture } from '../../capture-fixture.ts';

const functionsOf = (lspci: string) => dataOf(normalise(fixtureCapture({ outputs: { lspci } })).sections.pci);

test('lspci -vmmnnk without -D: the first domain', () => {
  const text = 'Slot:\t3b:00.0\nClass:\tEthernet controller [0200]\nVendor:\tIntel Corporation [8086]\nDevice:\tX [1572]\n\n';
  const expected = {
    classId: '0200',
    class: 'Ethernet controller',
    vendorId: '8086',
    vendor: 'Intel Corporation',
    deviceId: '1572',
    device: 'X',
  };
  assert.deepEqual(functionsOf(text), [{ address: '0000:3b:00.0', ...expected }]);
  assert.deepEqual(functionsOf(text.replace('3b:', '10000:3b:')), [{ address: '10000:3b:00.0', ...expected }]);
});

test('lspci -nnk, with and without -D', () => {
  const text = `00:1f.2 SATA controller [0106]: Intel Corporation Example [AHCI mode] [8086:a102] (rev 31) (prog-if 01 [AHCI 1.0])
\tSubsystem: Super Micro Computer Inc Device [15d9:0884]
\tKernel driver in use: ahci
\tKernel modules: ahci
0001:03:00.0 VGA compatible controller [0300]: ASPEED Technology, Inc. ASPEED Graphics Family [1a03:2000]
\tKernel modules: ast, astfb
00:16.0 Communication controller [0780]: Device [8086:a13a]
`;
  assert.deepEqual(functionsOf(text), [
    {
      address: '0000:00:1f.2',
      classId: '0106',
      class: 'SATA controller',
      vendorId: '8086',
      deviceId: 'a102',
      device: 'Intel Corporation Example [AHCI mode]',
      subsystemVendorId: '15d9',
      subsystemDeviceId: '0884',
      driver: 'ahci',
      revision: '31',
    },
    {
      address: '0001:03:00.0',
      classId: '0300',
      class: 'VGA compatible controller',
      vendorId: '1a03',
      deviceId: '2000',
      device: 'ASPEED Technology, Inc. ASPEED Graphics Family',
      modules: ['ast', 'astfb'],
    },
    { address: '0000:00:16.0', classId: '0780', class: 'Communication controller', vendorId: '8086', deviceId: 'a13a' },
  ]);
});

test('lspci without numbers, with nothing but numbers, and with -v', () => {
  const text = `00:1f.2 SATA controller: Intel Corporation Example [AHCI mode] (rev 31) (prog-if 01 [AHCI 1.0])
\tSubsystem: Super Micro Computer Inc Device 0884
\tPhysical Slot: 4
\tFlags: bus master, fast devsel, IRQ 24, NUMA node 1
\tKernel driver in use: ahci
17:00.0 Unassigned class [ffff]: Example Device 1234
`;
  assert.deepEqual(functionsOf(text), [
    {
      address: '0000:00:1f.2',
      class: 'SATA controller',
      device: 'Intel Corporation Example [AHCI mode]',
      driver: 'ahci',
      revision: '31',
      slot: '4',
      numaNode: 1,
    },
    { address: '0000:17:00.0', classId: 'ffff', class: 'Unassigned class', device: 'Example Device 1234' },
  ]);
  const expected = { address: '0000:3b:00.0', classId: '0200', vendorId: '8086', deviceId: '1572', revision: '02' };
  assert.deepEqual(functionsOf('3b:00.0 0200: 8086:1572 (rev 02)\n'), [expected]);
});

test('a display and an accelerator are told by the name of their class where it has no number', () => {
  const text = 'af:00.0 3D controller: Example A (rev a1)\nb0:00.0 Processing accelerators: Example B\nb1:00.0 Display port: C\n';
  const { gpus, accelerators } = normalise(fixtureCapture({ outputs: { lspci: text } })).sections;
  assert.deepEqual(
    [dataOf(gpus), dataOf(accelerators)],
    [[{ pciAddress: '0000:af:00.0', model: 'Example A' }], [{ pciAddress: '0000:b0:00.0', model: 'Example B' }]],
  );
});

test('other texts: no answer', () => {
  for (const text of ['-[0000:00]-+-00.0\n', 'pcilib: Cannot open /proc/bus/pci\n']) {
    // not a machine without a PCI bus, of which lspci prints nothing
    assert.equal(normalise(fixtureCapture({ outputs: { lspci: text } })).sections.pci.status, 'failed');
  }
});
