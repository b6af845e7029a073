import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { type DiffMachine, diffMachine } from '../../../src/report/diff/facts.ts';
import { recordFor } from '../../master/fixture-records.ts';

const SLOT = { enclosureSlot: '4', enclosure: 'SAS2X28' };
const PATH = { byPath: 'pci-0000:00:1f.2-ata-1' };
const SCSI = { hctl: '0:0:1:0' };
const CARD = { pciAddress: '0000:00:1f.2' };

for (const [what, disk, place] of [
  ['its slot and enclosure before all', { ...SLOT, ...PATH, ...SCSI, ...CARD }, 'slot 4 of SAS2X28'],
  ['a slot of an enclosure without a name', { enclosureSlot: '4', ...PATH, ...SCSI, ...CARD }, 'slot 4'],
  ['its path', { ...PATH, ...SCSI, ...CARD }, 'pci-0000:00:1f.2-ata-1'],
  ['its SCSI address', { ...SCSI, ...CARD }, '0:0:1:0'],
  ['the card that it hangs on', CARD, '0000:00:1f.2'],
  ['the name of the kernel when nothing else is known', {}, 'sda'],
] as const) {
  test(`the place of a disk: ${what}`, () => {
    const [fact] = factsOf({ disks: [{ name: 'sda', ...disk }] }).disks ?? [];
    assert.equal(fact?.place, place);
  });
}

test('disks that are put in for a while are not compared, and the WWN tells a disk without a serial number', () => {
  const disks = [
    { name: 'sda', wwn: ' 0x5000C500A1 ', vendor: 'V', model: 'M', sizeBytes: 4e12 },
    { name: 'sdb', removable: true },
    { name: 'sdc', transport: 'usb' },
  ];
  assert.deepEqual(factsOf({ disks }).disks, [{ place: 'sda', serial: '0x5000c500a1', label: 'V M 4 TB' }]);
});

test('drives behind a controller: each once, by enclosure and slot', () => {
  const physicalDrives = [
    { enclosure: '252', slot: '4', serial: 'D1', vendor: 'V1', model: 'M1', sizeText: '3.637 TB' },
    { enclosure: '252', slot: '5', serial: 'd2 ' },
    { deviceId: '9' },
  ];
  const storage = { controllers: [{ id: '0', tool: 'storcli', virtualDrives: [], physicalDrives }] };
  assert.deepEqual(factsOf({ disks: [{ name: 'sda', serial: 'D2' }], storage }).disks, [
    { place: 'slot 5', serial: 'd2', label: 'sda D2' },
    { place: 'RAID controller 0, drive 252:4', serial: 'd1', label: 'V1 M1 4 TB D1' },
    { place: 'RAID controller 0, drive 9', serial: undefined, label: '9' },
  ]);
});

test('memory modules: the second slot of one name is another place, also behind an empty one', () => {
  const dimms = [
    { populated: false, locator: 'A1', bankLocator: 'P0' },
    {
      populated: true,
      locator: 'A1',
      bankLocator: 'P0',
      serial: ' AB ',
      partNumber: 'P',
      manufacturer: '80CE',
      manufacturerName: 'Samsung',
      sizeBytes: 2 ** 34,
    },
    { populated: true },
  ];
  assert.deepEqual(factsOf({ memory: { dimms } }).dimms, [
    { place: 'P0 A1 (2)', serial: 'ab', label: 'Samsung P 16 GiB  AB ' },
    { place: 'slot', serial: undefined, label: 'a module' },
  ]);
  assert.equal(factsOf({ memory: { dimms: [] } }).dimms, undefined, 'firmware that lists no slot does not say that there is no memory');
});

test('ports: by the address of the hardware, without what is no port; a neighbour by its numbers, told by its names', () => {
  const nics = [
    {
      name: 'eno1',
      mac: '52:54:00:00:00:01',
      permanentMac: '0C:C4:7A:00:00:01',
      lldp: [{ chassisId: 'AA', chassisName: 'sw1', portDescription: 'Eth1' }],
    },
    { name: 'ib0', mac: '80:00', guid: '248A', lldp: [{ chassisName: 'sw2', portId: 'P2', portDescription: 'x' }, { chassisId: 'BB' }] },
    { name: 'usb0', mac: '0c:00:00:00:00:01', bus: 'usb' },
    { name: 'bmc0', mac: '0c:00:00:00:00:02', bmcLink: true },
    { name: 'vf0', mac: '0c:00:00:00:00:03', virtualFunction: true },
    { name: 'lo' },
  ];
  const machine = factsOf({ nics });
  assert.deepEqual(machine.ports, [
    { mac: '0c:c4:7a:00:00:01', name: 'eno1', neighbours: [{ key: 'aa eth1', label: 'sw1 port Eth1' }] },
    { mac: '248a', name: 'ib0', neighbours: [{ key: 'sw2 p2', label: 'sw2 port P2' }] },
  ]);
  assert.deepEqual(machine.macs, ['52:54:00:00:00:0f', '0c:c4:7a:00:00:01', '248a']);
});

test('a machine is called by maker, model and serial number, and known by the numbers of machine and chassis', () => {
  const named = factsOf({ system: { vendor: 'Dell', product: 'R640', serial: 'S1', chassis: { serial: 'C1' } } });
  assert.deepEqual([named.label, named.knownBy.numbers], ['Dell R640 S1', ['S1', 'C1', '192.0.2.9']]);
  const bare = factsOf({ system: { serial: 'S1', chassis: { serial: 'S1' } } });
  assert.deepEqual([bare.label, bare.knownBy.numbers], ['S1', ['S1', '192.0.2.9']]);
  assert.deepEqual([factsOf({ system: {} }).label, factsOf({ system: {} }).knownBy.numbers], ['', ['192.0.2.9']]);
});

test('what could not be read is not the same as none', () => {
  const { disks, dimms, ports } = factsOf({});
  assert.deepEqual([disks, dimms, ports], [undefined, undefined, undefined]);
  assert.deepEqual([factsOf({ disks: [] }).disks, factsOf({ nics: [] }).ports], [[], []]);
});

function factsOf(data: Readonly<Record<string, unknown>>): DiffMachine {
  const record = recordFor('SN-0001');
  const absent = { disks: { status: 'absent' }, nics: { status: 'absent' }, memory: { status: 'absent' } };
  const own = Object.fromEntries(Object.entries(data).map(([name, of]) => [name, { status: 'ok', data: of }]));
  const sections = { ...record.sections, ...absent, ...own } as NodeRecord['sections'];
  return diffMachine({ mac: '52:54:00:00:00:0f', record: { ...record, sections } });
}
