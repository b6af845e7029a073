import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { exported } from '../../odd-visit.ts';
import { readCsv } from '../../read-csv.ts';
import { NETBOX_FORMS, netboxFaults } from './netbox-forms.ts';

test('every file is what its import form takes, and names only what earlier files bring', async () => {
  const { files } = await exported('netbox');
  assert.deepEqual([...files.keys()], Object.keys(NETBOX_FORMS));
  assert.deepEqual(netboxFaults(files), []);
});

for (const [what, file, damage, fault] of [
  [
    'a column that no form has',
    '05-devices.csv',
    (text: string) => text.replace('serial', 'serial_number'),
    /the form has no serial_number/,
  ],
  ['a device twice', '05-devices.csv', (text: string) => text.replace('sn-9lives', 'SN-ABC123'), /name and site .* stand twice/],
  ['a model that is not there', '03-device-types.csv', (text: string) => text.replace('R1', 'R2'), /is not in 03-device-types\.csv/],
  ['an apostrophe before a name', '02-manufacturers.csv', (text: string) => text.replace('+1', "'+1"), /"\+1" is not in 02-man/],
  ['an unknown type', '06-interfaces.csv', (text: string) => text.replace('other', '10g'), /type "10g" is no choice/],
  ['a long address', '07-mac-addresses.csv', (text: string) => text.replace('52:', '80:00:52:'), /mac_address .* has a wrong form/],
  ['a far end that is not there', '12-cables.csv', (text: string) => text.replace('Eth1/1', 'Eth1/2'), /side_b_name .* is not in 11-/],
] as const) {
  test(`the checker finds ${what}`, async () => {
    const { files } = await exported('netbox');
    files.set(file, damage(files.get(file) ?? ''));
    assert.ok(
      netboxFaults(files).some((found) => fault.test(found)),
      netboxFaults(files).join('\n'),
    );
  });
}

test('what machines say is not changed for spreadsheets', async () => {
  const { files } = await exported('netbox');
  const device = readCsv(files.get('05-devices.csv') ?? '').find(({ name }) => name === 'sn-cmd-c-calc-a1');
  assert.deepEqual(
    [device?.['manufacturer'], device?.['device_type'], device?.['serial'], device?.['asset_tag']],
    ['+1', "'@SUM(1)", "=cmd|'/c calc'!A1", '-7'],
  );
});

test('a serial number that NetBox has no room for is left out, and told', async () => {
  const { files, leftOut } = await exported('netbox');
  assert.equal(readCsv(files.get('05-devices.csv') ?? '').find(({ name }) => name === 'mac-52540000000c')?.['serial'], '');
  assert.ok(leftOut.includes('a serial number of more than 50 characters (its row is there, without it)'));
});

test('an InfiniBand port has a type of its own, and no MAC address', async () => {
  const { files } = await exported('netbox');
  const port = readCsv(files.get('06-interfaces.csv') ?? '').find(({ name }) => name === 'ibs1');
  assert.deepEqual([port?.['type'], port?.['speed']], ['infiniband-edr', '100000000']);
  assert.ok(!files.get('07-mac-addresses.csv')?.includes('ibs1'));
});

test('docs/export.md: every file is told of, in the order of its import', async () => {
  const document = await readFile(join(import.meta.dirname, '../../../../../docs/export.md'), 'utf8');
  const told = [...document.matchAll(/^\| `(\d\d-[a-z-]+\.csv)` \|/gm)].map((match) => match[1]);
  assert.deepEqual(told, Object.keys(NETBOX_FORMS));
});
