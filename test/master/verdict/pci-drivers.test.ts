import assert from 'node:assert/strict';
import { it } from 'node:test';
import { leftOutDrivers, pciDrivers } from '../../../src/master/verdict/pci-drivers.ts';

const modules = [
  '# Aliases extracted from modules themselves.',
  'alias pci:v00008086d00001592sv*sd*bc*sc*i* ice',
  'alias pci:v000010ECd00008168sv00001849sd*bc*sc*i* r8169',
  'alias pci:v0000177Dd*sv*sd*bc02sc*i* liquidio',
  'alias pci:v00001022d00001480sv*sd*bc06sc*i* other_class',
  'alias pci:v*d*sv*sd*bc0Csc03i30* xhci_pci',
  'alias usb:v0BDAp8152d*dc*dsc*dp*ic*isc*ip*in* r8152',
  '',
].join('\n');
const hasDriver = pciDrivers({
  modules,
  builtin: 'kernel/drivers/virtio/virtio.ko\nkernel/drivers/virtio/virtio_pci.ko\n',
  builtinInfo: 'tg3.license=GPL\0tg3.alias=pci:v000014E4d00001657sv*sd*bc*sc*i*\0',
});

const rows: [pciId: string, found: boolean, why: string][] = [
  ['8086:1592', true, 'named by a module'],
  ['10ec:8168', true, 'named with a subsystem, which is not known here'],
  ['177d:9702', true, 'every network card of a vendor'],
  ['1af4:1041', true, 'virtio_pci is part of the kernel, and no list has its devices'],
  ['14e4:1657', true, 'named by a driver that is part of the kernel'],
  ['1022:1480', false, 'named as another kind of device'],
  ['8086:9999', false, 'named by nobody'],
  ['0bda:8152', false, 'on another bus'],
];
for (const [pciId, found, why] of rows)
  it(`${pciId} ${found ? 'has a driver' : 'has none'}: ${why}`, () => assert.equal(hasDriver(pciId), found));

it('without any list nothing is known', () => {
  assert.equal(pciDrivers({ modules: '', builtin: '', builtinInfo: '' })('8086:1592'), undefined);
});

const leftOut = leftOutDrivers(
  [
    'pci:v000013F0d00000200sv*sd*bc*sc*i* sundance',
    'pci:v000013F0d00000200sv00001186sd*bc*sc*i* sundance',
    'pci:v000013F0d00000200sv*sd*bc02sc00i* another',
    'pci:v000013F0d*sv*sd*bc02sc*i* of_vendor',
    'pci:v000013F0d00000300sv*sd*bc03sc*i* a_display',
    'pci:v*d*sv*sd*bc02sc*i* all',
    '',
  ].join('\n'),
);
for (const [pciId, modules, why] of [
  ['13f0:0200', ['another', 'sundance'], 'each module once, though several lines name the card'],
  ['13f0:0201', ['of_vendor'], 'all cards of a vendor'],
  ['13f0:0300', ['of_vendor'], 'the driver of a display drives no network card'],
  ['8086:0200', [], 'a card of another vendor'],
] as const)
  it(`${pciId}: ${why}`, () => assert.deepEqual(leftOut(pciId), modules));
