import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drivePlace } from '../../../src/domain/drives/drives-behind.ts';
import type { Nic } from '../../../src/domain/record/network.ts';
import type { RecordData } from '../../../src/domain/record/record-data.ts';
import { type Column, columnsOf, picked, snakeCase } from '../../../src/report/columns/column.ts';
import { DIMM } from '../../../src/report/columns/dimms.ts';
import { DISK } from '../../../src/report/columns/disks.ts';
import { MACHINE } from '../../../src/report/columns/machines.ts';
import { NIC } from '../../../src/report/columns/nics.ts';

const LISTS: Readonly<Record<string, Readonly<Record<string, Column<never>>>>> = { MACHINE, DIMM, DISK, NIC };

test('a column is called as its place in the list says, and no two of a list have one label', () => {
  for (const [list, columns] of Object.entries(LISTS)) {
    for (const [name, column] of Object.entries(columns)) assert.equal(column.name, name, list);
    const labels = Object.values(columns).flatMap(({ label }) => label ?? []);
    assert.equal(new Set(labels).size, labels.length, list);
  }
});

test('columns are picked in the order of the names', () => {
  const list = columnsOf<{ sizeBytes: number }>()({
    sizeBytes: { type: 'bigint', about: 'size', of: (one) => one.sizeBytes },
    isLarge: { label: 'Large', type: 'boolean', about: 'above 5', of: (one) => one.sizeBytes > 5 },
  });
  assert.deepEqual(
    picked(list, ['isLarge', 'sizeBytes']).map((column) => [column.name, column.of({ sizeBytes: 7 })]),
    [
      ['isLarge', true],
      ['sizeBytes', 7],
    ],
  );
});

for (const [camel, snake] of [
  ['serial', 'serial'],
  ['memoryTotalBytes', 'memory_total_bytes'],
  ['cpuModel', 'cpu_model'],
] as const)
  test(`${camel} is ${snake} in SQL`, () => assert.equal(snakeCase(camel), snake));

test('DIMM: the slot, or else its bank; the speed that it runs at, or else can; the name of the maker, or else its number', () => {
  const all = { populated: true, locator: 'A1', bankLocator: 'P0', configuredSpeedMtps: 2400, ratedSpeedMtps: 3200 } as const;
  assert.deepEqual([DIMM.slot.of(all), DIMM.speedMtps.of(all)], ['A1', 2400]);
  const some = { populated: true, bankLocator: 'P0', ratedSpeedMtps: 3200, manufacturer: '80CE' } as const;
  assert.deepEqual([DIMM.slot.of(some), DIMM.speedMtps.of(some), DIMM.maker.of(some)], ['P0', 3200, '80CE']);
  assert.equal(DIMM.maker.of({ ...some, manufacturerName: 'Samsung' }), 'Samsung');
});

test('NIC: the permanent address, or else the one in use', () => {
  assert.equal(NIC.portMac.of({ name: 'eno1', mac: 'b', permanentMac: 'a' }), 'a');
  assert.equal(NIC.portMac.of({ name: 'eno1', mac: 'b' }), 'b');
});

test('NIC: of several neighbours the first, by its name, or else its number', () => {
  const first = { chassisName: 'sw1', chassisId: 'x', portId: 'p1', portDescription: 'd1', managementAddresses: ['192.0.2.1'], pvid: 5 };
  const lldp = [first, { chassisName: 'sw2', chassisId: 'y', portId: 'p2', portDescription: 'd2', managementAddresses: [], pvid: 6 }];
  const names = ['switch', 'switchName', 'switchId', 'switchPort', 'switchPortDescription', 'switchAddresses', 'pvid'] as const;
  const values = (nic: Nic) => names.map((name) => NIC[name].of(nic));
  assert.deepEqual(values({ name: 'eno1', lldp }), ['sw1', 'sw1', 'x', 'p1', 'd1', ['192.0.2.1'], 5]);
  assert.deepEqual(values({ name: 'eno1', lldp: [{ chassisId: 'x' }] }).slice(0, 3), ['x', undefined, 'x']);
  for (const none of [{ name: 'eno1', lldp: [] }, { name: 'eno1' }]) assert.deepEqual(new Set(values(none)), new Set([undefined]));
});

test('machine: fitted DIMMs, disks that stay, and no address of a link to the BMC; what could not be read is not none', () => {
  const data: RecordData = {
    memory: { dimms: [{ populated: true }, { populated: false }, { populated: true }] },
    disks: [
      { name: 'sda', sizeBytes: 3, serial: 'S1' },
      { name: 'sdb', sizeBytes: 4, removable: false },
      { name: 'sdc' },
      { name: 'sdd', sizeBytes: 8, removable: true },
    ],
    nics: [{ name: 'eno1', permanentMac: 'a' }, { name: 'usb0', mac: 'b', bmcLink: true }, { name: 'lo' }, { name: 'eno2', mac: 'c' }],
  };
  const names = ['dimmCount', 'diskCount', 'diskBytes', 'driveSerials', 'volumeCount', 'volumeBytes', 'nicMacs'] as const;
  const values = (from: RecordData) => names.map((name) => MACHINE[name].of(from));
  assert.deepEqual(values(data), [2, 3, 7, ['S1'], 0, 0, ['a', 'c']]);
  assert.deepEqual(values({ memory: { dimms: [] }, disks: [], nics: [] }), [0, 0, 0, [], 0, 0, []]);
  assert.deepEqual(new Set(values({})), new Set([undefined]));
  const volume = { disks: [{ name: 'sda', model: 'PERC H710', sizeBytes: 9 }] };
  assert.deepEqual(values(volume).slice(1, 6), [undefined, undefined, [], 1, 9], 'of a volume without its drives these are not none');
});

for (const [drive, place] of [
  [{ enclosure: '252', slot: '4', deviceId: '9' }, '252:4'],
  [{ enclosure: '252', deviceId: '9' }, '252:9'],
  [{ slot: '4' }, '4'],
  [{}, ''],
] as const)
  test(`a drive behind a controller, ${JSON.stringify(drive)}: "${place}"`, () => assert.equal(drivePlace(drive), place));
