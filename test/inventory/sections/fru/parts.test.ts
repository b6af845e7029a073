import assert from 'node:assert/strict';
import test from 'node:test';
import { normalise } from '../../../../src/inventory/normalise.ts';
import { dataOf, dmiText, fixtureCapture } from '../../capture-fixture.ts';

const module = (name: string, serial: string, megabytes = 8192) =>
  `FRU Device Description : ${name} (ID 7)\n Memory Type           : DDR3 SDRAM\n Memory size           : ${megabytes} MB\n` +
  ` Manufacturer          : Speicherbau\n Serial Number         : ${serial}\n Part Number           : SB-8G\n\n`;
const slot = (locator: string, more: Record<string, string> = {}): [number, string, Record<string, string>] => [
  17,
  'Memory Device',
  { Size: '8192 MB', Locator: locator, ...more },
];
const sectionsOf = (fru: string, ...structures: [number, string, Record<string, string>][]) =>
  normalise(fixtureCapture({ outputs: { 'ipmi-fru-print': fru, ...(structures.length > 0 ? { dmidecode: dmiText(...structures) } : {}) } }))
    .sections;
const serialsOf = (fru: string, ...structures: [number, string, Record<string, string>][]) =>
  dataOf(sectionsOf(fru, ...structures).memory).dimms.map(({ locator, serial }) => [locator, serial]);

test('what only the BMC knows of a module comes to the slot that has the same processor and number', () => {
  const fru = module('CPU 1 DIMM 2', 'ab01') + module('CPU 2 DIMM 9', 'ab02');
  const slots = [slot('PROC 1 DIMM 2'), slot('PROC 1 DIMM 3'), slot('PROC 2 DIMM 9')];
  assert.deepEqual(serialsOf(fru, ...slots), [
    ['PROC 1 DIMM 2', 'ab01'],
    ['PROC 1 DIMM 3', undefined],
    ['PROC 2 DIMM 9', 'ab02'],
  ]);
  // a letter of the channel behind the number
  assert.deepEqual(serialsOf(module('CPU 1 DIMM 2', 'ab01'), slot('PROC 1 DIMM 2A'), slot('PROC 1 DIMM 3B')), [
    ['PROC 1 DIMM 2A', 'ab01'],
    ['PROC 1 DIMM 3B', undefined],
  ]);
  const { dimms } = dataOf(sectionsOf(fru, slot('P1-DIMM2', { 'Bank Locator': 'Node 1' }), slot('P2_DIMM_09')).memory);
  assert.deepEqual(
    dimms.map(({ serial, partNumber, manufacturer, handle }) => [serial, partNumber, manufacturer, handle]),
    [
      ['ab01', 'SB-8G', 'Speicherbau', '0x0000'],
      ['ab02', 'SB-8G', 'Speicherbau', '0x0001'],
    ],
  );
});

test('nothing is joined where the BMC counts otherwise, where two slots could be meant, or where size or serial number speak against it', () => {
  const none = (fru: string, ...slots: [number, string, Record<string, string>][]) =>
    assert.deepEqual(new Set(serialsOf(fru, ...slots).map(([, serial]) => serial)), new Set([undefined]));
  none(module('CPU 0 DIMM 1', 'ab01') + module('CPU 1 DIMM 1', 'ab02'), slot('CPU 1 DIMM 1'), slot('CPU 2 DIMM 1'));
  none(module('DIMM 1', 'ab01'), slot('DIMM 1'), slot('DIMM 1'));
  none(module('DIMM 1', 'ab01', 4096), slot('DIMM 1'));
  none(module('DIMM 1', 'ab01'), slot('DIMM 1', { Size: 'No Module Installed' }), slot('DIMM 2'));
  assert.deepEqual(serialsOf(module('DIMM 1', 'ab01'), slot('DIMM 1', { 'Serial Number': 'CC77' })), [['DIMM 1', 'CC77']]);
});

test('without the firmware the modules of the BMC are the modules, and how many slots there are is not known', () => {
  const { dimms, slots, slotsEmpty, installedBytes } = dataOf(sectionsOf(module('CPU 1 DIMM 2', 'ab01')).memory);
  assert.deepEqual(dimms, [
    {
      locator: 'CPU 1 DIMM 2',
      populated: true,
      sizeBytes: 8 * 1024 ** 3,
      type: 'DDR3',
      manufacturer: 'Speicherbau',
      partNumber: 'SB-8G',
      serial: 'ab01',
    },
  ]);
  assert.deepEqual([slots, slotsEmpty, installedBytes], [undefined, undefined, 8 * 1024 ** 3]);
});

const supply = (name: string, serial: string) =>
  `FRU Device Description : ${name} (ID 20)\n Product Manufacturer  : Netzteile\n Product Name          : NT-800\n Product Part Number   : NT800-1\n Product Serial        : ${serial}\n\n`;

test('power supplies and the baseboard of the BMC fill what the firmware does not say', () => {
  const known: [number, string, Record<string, string>][] = [
    [39, 'System Power Supply', { Location: 'PSU1', Status: 'Present, OK', 'Max Power Capacity': '800 W' }],
    [39, 'System Power Supply', { Location: 'PSU2', Status: 'Present, OK', 'Serial Number': 'OWN2' }],
  ];
  const fru = supply('Power Supply 1', 'NT01') + supply('Power Supply 2', 'NT02');
  assert.deepEqual(
    dataOf(sectionsOf(fru, ...known).powerSupplies).map(({ location, serial, model, maxWatts }) => [location, serial, model, maxWatts]),
    [
      ['PSU1', 'NT01', 'NT800-1', 800],
      ['PSU2', 'OWN2', 'NT800-1', undefined],
    ],
  );
  // the BMC counts from zero
  const fromZero = supply('PSU0', 'NT01') + supply('PSU1', 'NT02');
  assert.deepEqual(
    dataOf(sectionsOf(fromZero, ...known).powerSupplies).map(({ serial }) => serial),
    [undefined, 'OWN2'],
  );
  assert.deepEqual(
    dataOf(sectionsOf(fru).powerSupplies).map(({ location, serial, present }) => [location, serial, present]),
    [
      ['Power Supply 1', 'NT01', true],
      ['Power Supply 2', 'NT02', true],
    ],
  );
  const board =
    'FRU Device Description : Builtin FRU Device (ID 0)\n Board Mfg             : Boards\n Board Product         : B-1\n Board Serial          : BS77\n\n';
  assert.deepEqual(dataOf(sectionsOf(board).board), { vendor: 'Boards', product: 'B-1', serial: 'BS77' });
  assert.deepEqual(dataOf(sectionsOf(board, [2, 'Base Board Information', { Manufacturer: 'Said', 'Serial Number': 'S1' }]).board), {
    vendor: 'Said',
    product: 'B-1',
    serial: 'S1',
  });
});
