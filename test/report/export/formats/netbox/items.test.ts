import assert from 'node:assert/strict';
import { test } from 'node:test';
import { machineDrives } from '../../../../../src/domain/drives/machine-drives.ts';
import { recordData } from '../../../../../src/domain/record/record-data.ts';
import { definedOnly } from '../../../../../src/domain/values/defined-only.ts';
import { type NetboxItem, netboxItems } from '../../../../../src/report/export/formats/netbox/items.ts';
import { nodeWith } from '../../node-with.ts';

test('processors that are there, by the maker behind the letters of the processor', () => {
  const socketList = [
    { designation: 'CPU1', populated: true, model: 'Xeon' },
    { designation: 'P1', populated: true },
    { populated: true },
    { populated: false, designation: 'CPU4' },
  ];
  assert.deepEqual(itemsOf({ cpu: { vendor: 'GenuineIntel', socketList } }), [
    { name: 'CPU1', role: 'CPU', manufacturer: 'Intel', part: 'Xeon' },
    { name: 'CPU P1', role: 'CPU', manufacturer: 'Intel', part: undefined },
    { name: 'CPU ', role: 'CPU', manufacturer: 'Intel', part: undefined },
  ]);
});

test('fitted modules: what they are, and no maker that is a number', () => {
  const dimms = [
    { populated: true, locator: 'dimm_A1', sizeBytes: 2 ** 34, type: 'DDR4', manufacturer: '80CE', manufacturerName: 'Samsung' },
    { populated: true, locator: 'A2', partNumber: 'P', serial: 'S', manufacturer: '0x80CE000080CE' },
    { populated: false, locator: 'A3' },
  ];
  assert.deepEqual(itemsOf({ memory: { dimms } }), [
    { name: 'dimm_A1', role: 'Memory', manufacturer: 'Samsung', part: undefined, serial: undefined, about: '16 GiB, DDR4' },
    { name: 'DIMM A2', role: 'Memory', manufacturer: undefined, part: 'P', serial: 'S', about: '' },
  ]);
});

for (const [said, maker] of [
  ['Micron', 'Micron'],
  ['3M', '3M'],
  ['FACADE', 'FACADE'],
  ['Model 4ac', 'Model 4ac'],
  ['4ac Inc', '4ac Inc'],
  ['802C', undefined],
  ['0x802C', undefined],
  ['0X802c', undefined],
  ['1234', undefined],
] as const)
  test(`the maker ${said} is ${maker === undefined ? 'a number' : 'a name'}`, () =>
    assert.equal(itemsOf({ disks: [{ name: 'sda', vendor: said }] })[0]?.manufacturer, maker));

test('disks that stay, power supplies that are fitted, and GPUs', () => {
  const items = itemsOf({
    disks: [
      { name: 'sda', vendor: 'ATA', model: 'M', serial: 'D1', sizeBytes: 4e12, transport: 'sata' },
      { name: 'sdb', removable: true },
    ],
    powerSupplies: [
      { location: 'PSU 1', name: 'Unit', manufacturer: 'DELTA', model: 'P1', serial: 'U1', maxWatts: 750 },
      { name: 'Unit 2', present: true },
      { location: 'PSU 3', present: false },
    ],
    gpus: [{ pciAddress: '0000:03:00.0', vendor: 'NVIDIA', model: 'A100', serial: 'G1' }],
  });
  assert.deepEqual(items, [
    { name: 'Disk sda', role: 'Disk', manufacturer: 'ATA', part: 'M', serial: 'D1', about: '4 TB, sata' },
    { name: 'PSU 1', role: 'Power supply', manufacturer: 'DELTA', part: 'P1', serial: 'U1', about: '750 W' },
    { name: 'PSU Unit 2', role: 'Power supply', manufacturer: undefined, part: undefined, serial: undefined, about: undefined },
    { name: 'GPU 0000:03:00.0', role: 'GPU', manufacturer: 'NVIDIA', part: 'A100', serial: 'G1' },
  ]);
});

/** The items of a machine that has nothing else. */
function itemsOf(data: Readonly<Record<string, unknown>>): NetboxItem[] {
  const node = nodeWith({ cpu: undefined, memory: undefined, disks: undefined, ...data });
  const sections = recordData(node.record);
  return netboxItems({
    name: 'a',
    mac: node.mac,
    node,
    sections,
    ...definedOnly({ drives: machineDrives(sections.disks, sections.storage) }),
  });
}
