import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NETBOX_FILES } from '../../../../../src/report/export/formats/netbox/netbox.ts';
import { type KnownList, knownList } from '../../../../../src/report/export/known-list.ts';
import { exported, ODD_NODES } from '../../odd-visit.ts';
import { readCells, readCsv } from '../../read-csv.ts';

/** A NetBox that took the first export, as its lists say it. */
async function takenLists(): Promise<KnownList[]> {
  const { files } = await exported('netbox');
  const lists = [...files].filter(([file]) => !/switches|cables/.test(file)).map(([file, text]) => knownList(file, readCells(text)));
  const switches = readCsv(files.get('10-switches.csv') ?? '').map(({ name }) => [name ?? '', '']);
  const ends = readCsv(files.get('12-cables.csv') ?? '').map((row) => [row['side_a_device'] ?? '', row['side_a_name'] ?? '', '#7']);
  const ports = readCells(files.get('11-switch-interfaces.csv') ?? '');
  return [
    ...lists,
    knownList('devices', [['Name', 'Serial number'], ...switches]),
    knownList('interfaces', [['Device', 'Name', 'Cable'], ...ends]),
    knownList('switch interfaces', ports),
  ];
}

test('a NetBox that took the first export is given nothing a second time, and each kind is counted', async () => {
  const first = await exported('netbox');
  const { files, leftOut } = await exported('netbox', { known: await takenLists() });
  for (const file of Object.keys(NETBOX_FILES)) assert.equal(readCells(files.get(file) ?? '').length, 1, file);
  const count = (file: string): number => readCells(first.files.get(file) ?? '').length - 1;
  const told = (reason: string): number => leftOut.filter((one) => one === `${reason} that NetBox has`).length;
  assert.ok(count('05-devices.csv') > 10);
  for (const [file, what] of [
    ['05-devices.csv', 'a device'],
    ['02-manufacturers.csv', 'a manufacturer'],
    ['03-device-types.csv', 'a device type'],
    ['09-inventory-items.csv', 'an inventory item'],
    ['10-switches.csv', 'a switch'],
    ['12-cables.csv', 'a cable, or another one at the same port,'],
    ['13-ip-addresses.csv', 'an IP address'],
  ] as const)
    assert.equal(told(what), count(file), what);
});

test('a device is known by its serial number: what belongs to it gets the name that it has in NetBox', async () => {
  const known = [
    knownList('netbox_devices.csv', [
      ['Name', 'Status', 'Serial number'],
      ['web01', 'Active', 'ABC123'],
      ['web02', 'Active', ''],
    ]),
  ];
  const { files } = await exported('netbox', { known });
  const rows = (file: string) => readCsv(files.get(file) ?? '');
  assert.ok(!rows('05-devices.csv').some(({ name, serial }) => name === 'sn-abc123' || serial === 'ABC123'));
  assert.equal(rows('05-devices.csv').length, ODD_NODES.length - 1);
  for (const file of ['06-interfaces.csv', '07-mac-addresses.csv', '09-inventory-items.csv', '13-ip-addresses.csv']) {
    assert.ok(
      rows(file).some(({ device }) => device === 'web01'),
      file,
    );
    assert.ok(!rows(file).some(({ device }) => device === 'sn-abc123'), file);
  }
});

test('a serial number of two devices in NetBox, or of two machines of the visit, tells at most one', async () => {
  const heads = ['Name', 'Serial number'];
  const two = await exported('netbox', { known: [knownList('devices', [heads, ['a', 'ABC123'], ['b', 'ABC123']])] });
  assert.equal(readCsv(two.files.get('05-devices.csv') ?? '').length, ODD_NODES.length);
  const one = await exported('netbox', { known: [knownList('devices', [heads, ['a', 'TWICE']])] });
  assert.equal(readCsv(one.files.get('05-devices.csv') ?? '').length, ODD_NODES.length - 1);
});

test("NetBox's spelling of makers, models, roles and sites goes before ours, and its asset tags are not given twice", async () => {
  const known = [
    knownList('netbox_manufacturers.csv', [
      ['Name', 'Slug'],
      ['EXAMPLE & Co.', 'example-co'],
    ]),
    knownList('netbox_device types.csv', [
      ['Device Type', 'Manufacturer'],
      ['r1 "rack"', 'EXAMPLE & Co.'],
    ]),
    knownList('netbox_device roles.csv', [
      ['Name', 'Slug'],
      ['SERVER', 'server'],
    ]),
    knownList('netbox_sites.csv', [['Name'], ['HALL "3" Rogue']]),
    knownList('netbox_devices.csv', [
      ['Name', 'Serial number', 'Asset tag'],
      ['other', 'X', '-7'],
    ]),
  ];
  const { files, leftOut } = await exported('netbox', { known });
  const [device] = readCsv(files.get('05-devices.csv') ?? '');
  assert.deepEqual(
    [device?.['manufacturer'], device?.['device_type'], device?.['role'], device?.['site']],
    ['EXAMPLE & Co.', 'r1 "rack"', 'SERVER', 'HALL "3" Rogue'],
  );
  assert.ok(!readCsv(files.get('05-devices.csv') ?? '').some((row) => row['asset_tag'] === '-7'));
  assert.ok(leftOut.includes('an asset tag that another device of NetBox has (the row of its device is there, without it)'));
});

for (const [what, file, cells, said] of [
  ['the list is not to be told', 'export.csv', [['Name', 'Colour']], /^export\.csv: neither its name nor its columns tell/],
  ['devices without serial numbers', 'netbox_devices.csv', [['Name', 'Status']], /the list of devices has no column "serial number"$/],
  ['nothing in it', 'a/netbox_sites.csv', [], /the list of sites has no column "name"$/],
] as const)
  test(`a file of NetBox's is refused: ${what}`, () => {
    assert.throws(() => knownList(file, cells), { code: 'usage', message: said });
  });

test('which list it is, is told by the columns where the name does not', () => {
  const kinds = [
    ['MAC Address', 'Interface'],
    ['Device Type', 'Manufacturer'],
    ['IP Address', 'Status'],
    ['Name', 'Device', 'Enabled'],
    ['Name', 'Device', 'Part ID'],
    ['Name', 'Type', 'Serial number'],
    ['Name', 'Device Types'],
  ].map((heads) => knownList('x.csv', [heads]).kind);
  assert.deepEqual(kinds, ['mac addresses', 'device types', 'ip addresses', 'interfaces', 'inventory items', 'devices', 'manufacturers']);
});
