import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { NodeRecord } from '../../../../../src/domain/record/node-record.ts';
import { exported, ODD_NODES } from '../../odd-visit.ts';
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

test('addresses: the BMC out of band, the machine on the port that it boots from, each once', async () => {
  const rows = async (given: object): Promise<Record<string, string>[]> => {
    const { files } = await exported('netbox', given);
    assert.deepEqual(netboxFaults(files), []);
    return readCsv(files.get('13-ip-addresses.csv') ?? '');
  };
  const bmcs = await rows({ set: ['bmc-prefix=24'] });
  assert.deepEqual(bmcs[0], {
    ...{ address: '198.51.100.189/24', status: 'active', device: 'sn-abc123', interface: 'BMC', is_primary: 'false', is_oob: 'true' },
  });
  assert.ok(!bmcs.some(({ address }) => address?.startsWith('192.0.2.9/')), 'two BMCs say it');
  const record = ODD_NODES[0]?.record ?? assert.fail();
  const nodes = [{ mac: '52:54:00:00:00:aa' as const, record: withPort(record, '52:54:00:00:00:aa') }];
  const both = await rows({ nodes, firstAddress: '10.0.0.10', set: ['prefix=16'] });
  assert.deepEqual(
    both.map(({ address, interface: port, is_primary, is_oob }) => [address, port, is_primary, is_oob]),
    [
      ['10.0.0.10/16', 'eno9', 'true', 'false'],
      ['198.51.100.189/32', 'BMC', 'false', 'true'],
    ],
  );
  const { leftOut } = await exported('netbox', { nodes: [{ mac: '52:54:00:00:00:ab', record }], firstAddress: '10.0.0.10' });
  assert.ok(leftOut.includes('the address of a machine whose port for it is not among its ports'));
});

function withPort(record: NodeRecord, mac: string): NodeRecord {
  const nics = { status: 'ok' as const, data: [{ name: 'eno9', mac }] };
  return { ...record, sections: { ...record.sections, nics } };
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
