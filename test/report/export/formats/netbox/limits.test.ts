import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeWith } from '../../node-with.ts';
import { exported } from '../../odd-visit.ts';
import { readCsv } from '../../read-csv.ts';

async function rowsOf(
  file: string,
  data: Readonly<Record<string, unknown>>,
): Promise<{ rows: Record<string, string>[]; leftOut: string[] }> {
  const { files, leftOut } = await exported('netbox', { nodes: [nodeWith(data)] });
  return { rows: readCsv(files.get(file) ?? ''), leftOut };
}

async function portWith(nic: object): Promise<Record<string, string> | undefined> {
  return (await rowsOf('06-interfaces.csv', { nics: [{ name: 'eno1', ...nic }], bmc: undefined })).rows[0];
}

// netbox/dcim/constants.py: INTERFACE_MTU_MIN, INTERFACE_MTU_MAX
for (const [mtuBytes, mtu] of [
  [0, ''],
  [1, '1'],
  [1500, '1500'],
  [65_536, '65536'],
  [65_537, ''],
  [undefined, ''],
] as const)
  test(`an MTU of ${mtuBytes} is ${mtu === '' ? 'left out' : mtu}`, async () => assert.equal((await portWith({ mtuBytes }))?.['mtu'], mtu));

// a positive 32-bit number of kbit/s
for (const [speedMbps, speed] of [
  [0, ''],
  [1, '1000'],
  [2_147_483, '2147483000'],
  [2_147_484, ''],
  [undefined, ''],
] as const)
  test(`a speed of ${speedMbps} Mbit/s is ${speed === '' ? 'left out' : speed}`, async () =>
    assert.equal((await portWith({ speedMbps }))?.['speed'], speed));

for (const [length, isThere] of [
  [50, true],
  [51, false],
] as const) {
  test(`a serial number and an asset tag of ${length} characters are ${isThere ? 'there' : 'left out, and told'}`, async () => {
    const [serial, assetTag] = ['S', 'T'].map((letter) => letter.repeat(length));
    const { rows, leftOut } = await rowsOf('05-devices.csv', { system: { serial, chassis: { assetTag } } });
    assert.deepEqual([rows[0]?.['serial'], rows[0]?.['asset_tag']], isThere ? [serial, assetTag] : ['', '']);
    const told = leftOut.filter((reason) => reason.includes('50 characters'));
    const reasons = ['serial number', 'asset tag'].map((what) => `a ${what} of more than 50 characters (its row is there, without it)`);
    assert.deepEqual(told, isThere ? [] : reasons);
  });
}

test('what a port is and where it sits stand behind each other, in 200 characters', async () => {
  const port = await portWith({ vendor: 'Intel', product: 'X710', slot: 'Slot 2', guid: '248a' });
  assert.equal(port?.['description'], 'Intel, X710, Slot 2, GUID 248a');
  assert.equal((await portWith({ vendor: 'V'.repeat(201) }))?.['description'], 'V'.repeat(200));
  assert.equal((await portWith({}))?.['description'], '');
});

test('names of ports have 64 characters, are not empty, none is there twice, and none is that of the BMC', async () => {
  const names = ['N'.repeat(65), `${'N'.repeat(64)} 2`, ' ', 'BMC', 'eno1'].map((name) => ({ name }));
  const { rows } = await rowsOf('06-interfaces.csv', { nics: names, bmc: { address: '192.0.2.9' } });
  assert.deepEqual(
    rows.map(({ name, mgmt_only, description }) => [name, mgmt_only, description]),
    [
      ['N'.repeat(64), 'false', ''],
      ['eno1', 'false', ''],
      ['BMC', 'true', '192.0.2.9'],
    ],
  );
});

for (const [what, data, maker, model] of [
  ['the machine', { system: { vendor: 'A', product: 'B' }, board: { vendor: 'C', product: 'D' } }, 'A', 'B'],
  ['its board, where it does not tell its own', { system: {}, board: { vendor: 'C', product: 'D' } }, 'C', 'D'],
  ['nobody', { system: undefined, board: undefined }, 'Unknown', 'Unknown'],
] as const)
  test(`maker and model by ${what}`, async () => {
    const { rows } = await rowsOf('05-devices.csv', data);
    assert.deepEqual([rows[0]?.['manufacturer'], rows[0]?.['device_type']], [maker, model]);
  });

test('a part: name of 56 characters and a number for the next of it, part number of 50, description of 200', async () => {
  const dimms = [...Array.from({ length: 3 }, () => 'L'.repeat(60)), 'A1'].map((locator) => ({
    ...{ locator, populated: true, partNumber: 'P'.repeat(51), serial: 'S'.repeat(51), type: 'T'.repeat(201) },
  }));
  const { rows, leftOut } = await rowsOf('09-inventory-items.csv', { memory: { dimms }, disks: undefined });
  const name = `DIMM ${'L'.repeat(51)}`;
  assert.deepEqual(
    rows.map((row) => row['name']),
    [name, `${name} (2)`, `${name} (3)`, 'DIMM A1'],
  );
  assert.deepEqual([rows[0]?.['part_id'], rows[0]?.['serial'], rows[0]?.['description']], ['P'.repeat(50), '', 'T'.repeat(200)]);
  assert.equal(leftOut.filter((reason) => reason.startsWith('a serial number of more than 50')).length, 4);
});

test('the maker of a part is a manufacturer once; a part that tells none has none', async () => {
  const disks = [{ name: 'sda', vendor: 'Toshiba' }, { name: 'sdb', vendor: 'TOSHIBA' }, { name: 'sdc' }];
  const { files } = await exported('netbox', { nodes: [nodeWith({ disks, memory: undefined, nics: undefined })] });
  const [items, makers] = ['09-inventory-items.csv', '02-manufacturers.csv'].map((file) => readCsv(files.get(file) ?? ''));
  assert.deepEqual(
    items?.map(({ manufacturer }) => manufacturer),
    ['Toshiba', 'Toshiba', ''],
  );
  assert.deepEqual(makers, [
    { name: 'Example & Co', slug: 'example-co' },
    { name: 'Toshiba', slug: 'toshiba' },
  ]);
});

test('a port of a switch has 200 characters of its description', async () => {
  const lldp = [{ chassisName: 'sw1', portId: 'swp1', portDescription: 'D'.repeat(201) }];
  const { rows } = await rowsOf('11-switch-interfaces.csv', { nics: [{ name: 'eno1', lldp }] });
  assert.deepEqual(
    rows.map(({ device, name, description }) => [device, name, description]),
    [['sw1', 'swp1', 'D'.repeat(200)]],
  );
});
