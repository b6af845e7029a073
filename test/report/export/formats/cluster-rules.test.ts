import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { TINKERBELL_COLUMNS } from '../../../../src/report/export/formats/tinkerbell.ts';
import { exported, ODD_NODES } from '../odd-visit.ts';
import { readCsv } from '../read-csv.ts';

/** The keys of a node, of a network device and of IPMI (internal/pkg/node/datastructure.go of Warewulf 4); all values are texts. */
const NODE = ['comment', 'profiles', 'network devices', 'ipmi'];
const DEVICE = ['hwaddr', 'ipaddr', 'netmask', 'gateway'];
const IPMI = ['ipaddr', 'username'];

for (const firstAddress of [undefined, '10.0.0.10'])
  test(`warewulf: a map of nodes with no key that wwctl does not know${firstAddress === undefined ? '' : ', with addresses'}`, async () => {
    const { files } = await exported('warewulf', firstAddress === undefined ? {} : { firstAddress });
    const nodes = parse(files.get('nodes.yaml') ?? '', { version: '1.1' }) as Record<string, WarewulfNode>;
    assert.equal(Object.keys(nodes).length, ODD_NODES.length);
    for (const [name, node] of Object.entries(nodes)) {
      assert.match(name, /^(sn|mac)-[a-z0-9-]+$/);
      assert.deepEqual(unknown(node, NODE), [], name);
      assert.deepEqual(node.profiles, ['default', 'gpu']);
      assert.deepEqual(Object.keys(node['network devices']), ['default']);
      const { default: device } = node['network devices'];
      assert.deepEqual(unknown(device, DEVICE), [], name);
      assert.equal('ipaddr' in device, firstAddress !== undefined);
      assert.deepEqual(unknown(node.ipmi ?? {}, IPMI), [], name);
      for (const text of [node.comment, ...Object.values(device), ...Object.values(node.ipmi ?? {})]) assert.equal(typeof text, 'string');
    }
    assert.equal(nodes['sn-abc123']?.ipmi?.['ipaddr'], '198.51.100.189');
    assert.equal(nodes['mac-525400000001']?.ipmi, undefined, 'another machine says the same');
  });

/** As StaticMachineAssertions of EKS Anywhere wants a row (pkg/providers/tinkerbell/hardware/validator.go), but for the password. */
test('tinkerbell: rows that EKS Anywhere takes once the passwords are typed in', async () => {
  const { files, leftOut } = await exported('tinkerbell');
  const rows = readCsv(files.get('hardware.csv') ?? '');
  assert.equal(rows.length, ODD_NODES.length - 1, 'one has no disk');
  for (const row of rows) {
    assert.deepEqual(Object.keys(row), TINKERBELL_COLUMNS);
    for (const column of ['ip_address', 'gateway']) assert.match(row[column] ?? '', /^\d+\.\d+\.\d+\.\d+$/);
    assert.match(row['mac'] ?? '', /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);
    assert.match(row['hostname'] ?? '', /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/);
    assert.match(row['disk'] ?? '', /^(\/dev\/[\w-]+)+$/);
    assert.equal(row['bmc_password'], '');
    assert.equal(row['bmc_ip'] === '', row['bmc_username'] === '');
  }
  for (const column of ['ip_address', 'mac', 'hostname']) assert.equal(new Set(rows.map((row) => row[column])).size, rows.length, column);
  const passwords = rows.filter((row) => row['bmc_username'] !== '').length;
  assert.equal(leftOut.filter((reason) => reason.startsWith('the password of a BMC')).length, passwords);
});

test('tinkerbell: without a user no BMC; with a device only machines that have it', async () => {
  const set = ['netmask=255.255.255.0', 'gateway=10.0.0.1', 'nameservers=10.0.0.2'];
  const rows = readCsv((await exported('tinkerbell', { set: [...set, 'disk=/dev/sda'] })).files.get('hardware.csv') ?? '');
  assert.ok(rows.length > 5 && rows.every((row) => row['bmc_ip'] === '' && row['disk'] === '/dev/sda'));
  const { files, leftOut } = await exported('tinkerbell', { set: [...set, 'disk=/dev/sdz'] });
  assert.equal(readCsv(files.get('hardware.csv') ?? '').length, 0);
  assert.equal(leftOut.length, ODD_NODES.length);
});

interface WarewulfNode {
  comment: string;
  profiles: string[];
  'network devices': { default: Record<string, string> };
  ipmi?: Record<string, string>;
}

function unknown(object: object, known: readonly string[]): string[] {
  return Object.keys(object).filter((key) => !known.includes(key));
}
