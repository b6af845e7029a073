import assert from 'node:assert/strict';
import test from 'node:test';
import { stringify } from 'yaml';
import { TOLD_FIELDS } from '../../../../src/domain/record/told-fields.ts';
import { normalise } from '../../../../src/inventory/normalise.ts';
import { dataOf, fixtureCapture } from '../../capture-fixture.ts';
import { leavesOf } from '../../properties/record-leaves.ts';
import { DMIDECODE, FACTER, LSHW, REDFISH } from './same-machine.ts';

const CRAWL = JSON.stringify(REDFISH);
const recordOf = (outputs: Record<string, string>) => normalise(fixtureCapture({ outputs }));
const ALL = { dmidecode: DMIDECODE, lshw: LSHW, redfish: CRAWL, facter: JSON.stringify(FACTER) };

test('one machine in dmidecode, lshw, Redfish and facter is one machine, each part once', () => {
  const { sections, rawFiles } = recordOf(ALL);
  assert.equal(rawFiles, undefined);
  assert.deepEqual(
    dataOf(sections.memory).dimms.map(({ locator, populated, serial, partNumber }) => [locator, populated, serial, partNumber]),
    [
      ['PROC 1 DIMM 1', true, '4A3B0177', 'M393A4K40'],
      ['PROC 1 DIMM 3', true, '0x4A3B0178', 'M393A4K40'],
      ['PROC 1 DIMM 5', false, undefined, undefined],
    ],
  );
  assert.deepEqual(
    dataOf(sections.disks).map(({ name, serial }) => [name, serial]),
    [['sda', 'DSK4410']],
  );
  assert.deepEqual(
    dataOf(sections.nics).map(({ name, mac }) => [name, mac]),
    [['eno1', '52:54:00:a1:00:01']],
  );
  // the drive that Linux has as sda is not another one behind the controller
  const { controllers } = dataOf(sections.storage);
  assert.deepEqual(
    controllers?.map(({ model, physicalDrives }) => [model, physicalDrives.map(({ serial }) => serial)]),
    [['MR416i', ['DSK4411']]],
  );
  assert.deepEqual(
    dataOf(sections.powerSupplies).map(({ serial, maxWatts }) => [serial, maxWatts]),
    [['5WBXR0A1', 500]],
  );
  const { serial, sku, chassis } = dataOf(sections.system);
  assert.deepEqual([serial, sku, chassis?.assetTag], ['MXQ7700ABC', '867959-B21', 'A-77']);
  assert.deepEqual([dataOf(sections.firmware).version, dataOf(sections.board).assetTag], ['U32', 'B-12']);
  assert.deepEqual([dataOf(sections.cpu).sockets, dataOf(sections.cpu).socketList?.length], [1, 1]);
});

test('each of them alone gives the same parts', () => {
  const counts = (outputs: Record<string, string>) => {
    const { sections } = recordOf(outputs);
    const length = (section: { status: string; data?: unknown }) => (Array.isArray(section.data) ? section.data.length : 0);
    return [sections.memory.status === 'ok' ? sections.memory.data.dimms.length : 0, length(sections.disks), length(sections.nics)];
  };
  assert.deepEqual(counts(ALL), [3, 1, 1]);
  assert.deepEqual(counts({ redfish: CRAWL }), [3, 0, 1]);
  assert.deepEqual(counts({ facter: ALL.facter }), [0, 1, 1]);
  assert.deepEqual(counts({ redfish: CRAWL, facter: ALL.facter }), [3, 1, 1]);
  // an empty slot is no part that lshw could have missed
  assert.deepEqual(counts({ lshw: LSHW, redfish: CRAWL }), [2, 1, 1]);
});

test('a crawl in one file, expanded members, and a file for each resource are the same', () => {
  const expected = recordOf({ redfish: CRAWL }).sections;
  const withId = Object.entries(REDFISH).map(([path, body]): Record<string, unknown> => ({ '@odata.id': path, ...body }));
  const data = (outputs: Record<string, string>) => recordOf(outputs).sections;
  assert.deepEqual(data({ redfish: JSON.stringify(withId) }), expected);
  const members = { '@odata.type': '#ComputerSystemCollection.ComputerSystemCollection', Members: withId };
  assert.deepEqual(data({ redfish: JSON.stringify(members) }), expected);
  const files = Object.fromEntries(withId.map((body, at) => [`redfish-${at}`, JSON.stringify(body)]));
  assert.deepEqual(JSON.parse(JSON.stringify(data(files))), JSON.parse(JSON.stringify(expected)));
});

test('facter as YAML, in its own notation, kept by Puppet, and in the flat facts of old releases', () => {
  const expected = recordOf({ facter: ALL.facter }).sections;
  assert.deepEqual(recordOf({ facter: stringify(FACTER) }).sections, expected);
  assert.deepEqual(
    recordOf({ facter: `--- !ruby/object:Puppet::Node::Facts\n${stringify({ name: 'rb', values: FACTER })}` }).sections,
    expected,
  );
  assert.deepEqual(recordOf({ facter: notation(FACTER) }).sections, expected);
  const flat = {
    ...{ facterversion: '2.4.6', manufacturer: 'HPE', productname: 'ProLiant DL360', serialnumber: 'MXQ7700ABC', processorcount: '16' },
    ...{ blockdevices: 'sda,sr0', blockdevice_sda_size: '8001563222016', blockdevice_sda_model: 'PLATTE8T' },
    ...{ interfaces: 'eno1,lo', macaddress_eno1: '52:54:00:A1:00:01', mtu_eno1: '1500' },
  };
  const { sections } = recordOf({ facter: JSON.stringify(flat) });
  assert.equal(dataOf(sections.system).serial, 'MXQ7700ABC');
  assert.equal(dataOf(sections.cpu).threads, 16);
  assert.deepEqual([dataOf(sections.disks)[0]?.sizeBytes, dataOf(sections.nics)[0]?.mac], [8001563222016, '52:54:00:a1:00:01']);
});

test('what is of another machine, or of several, is not used, and says so', () => {
  const other = JSON.stringify(REDFISH).replaceAll('MXQ7700ABC', 'MXQ9900XYZ').replaceAll('35373638-', '99999938-');
  const { sections, rawFiles } = recordOf({ dmidecode: DMIDECODE, redfish: other });
  assert.equal(dataOf(sections.system).chassis?.assetTag, undefined);
  assert.deepEqual(rawFiles, [
    { path: 'raw/redfish.out', state: 'not understood', reason: 'expected: Redfish JSON of one machine, this one' },
  ]);
  const two = { ...REDFISH, '/redfish/v1/Systems/2': REDFISH['/redfish/v1/Systems/1'] };
  assert.equal(recordOf({ redfish: JSON.stringify(two) }).rawFiles?.[0]?.state, 'not understood');
});

test('a BMC that has the UUID in the other byte order is of this machine', () => {
  const turned = JSON.stringify(REDFISH).replaceAll('MXQ7700ABC', 'OTHER77').replaceAll('35373638-3935-584D', '38363735-3539-4D58');
  assert.equal(dataOf(recordOf({ dmidecode: DMIDECODE, redfish: turned }).sections.system).chassis?.assetTag, 'A-77');
});

test('a bond that hides the address of its port does not double it', () => {
  const port = (name: string, more: object) => ({ ifname: name, link_type: 'ether', flags: ['UP', 'SLAVE'], ...more });
  const mac = '52:54:00:a1:00:01';
  const ip = [
    port('eno1', { address: mac, master: 'bond0' }),
    port('eno2', { address: mac, master: 'bond0' }),
    port('bond0', { address: mac, flags: ['UP', 'MASTER'], linkinfo: { info_kind: 'bond' } }),
  ];
  const second = { ...REDFISH['/redfish/v1/Systems/1/EthernetInterfaces/1'], Id: '2', MACAddress: '52:54:00:A1:00:02' };
  const outputs = {
    'ip-address': JSON.stringify(ip),
    redfish: JSON.stringify({ ...REDFISH, '/redfish/v1/Systems/1/EthernetInterfaces/2': second }),
  };
  assert.deepEqual(
    dataOf(recordOf(outputs).sections.nics).map(({ name }) => name),
    ['eno1', 'eno2'],
  );
});

test('a service tag is the serial number of a Dell, as its firmware has it', () => {
  const body = { ...REDFISH['/redfish/v1/Systems/1'], Manufacturer: 'Dell Inc.', SKU: '7J8KXL2', SerialNumber: 'CN7016377BG12' };
  const { sections } = recordOf({ redfish: JSON.stringify({ '/redfish/v1/Systems/System.Embedded.1': body }) });
  assert.deepEqual([dataOf(sections.system).serial, dataOf(sections.board).serial], ['7J8KXL2', 'CN7016377BG12']);
});

test('docs/fields.md names Redfish and facter at the fields that they fill, and at no other', () => {
  const filledBy = (outputs: Record<string, string>) => new Set(leavesOf(recordOf(outputs)).map(({ path }) => path.replace(/\[\]$/, '')));
  const [redfish, facter] = [filledBy({ redfish: CRAWL }), filledBy({ facter: ALL.facter })];
  const counted = ['storage.diskCount', 'network.portCount', 'network.virtualFunctionCount', 'network.bmcLinkCount'];
  const filled = [...new Set([...redfish, ...facter])].filter((path) => !counted.includes(path)).sort();
  const told = filled.map((path): [string, string] => [
    path,
    [redfish.has(path) ? 'Redfish' : '', facter.has(path) ? 'facter' : ''].filter((by) => by !== '').join(', '),
  ]);
  assert.deepEqual(Object.entries(TOLD_FIELDS).sort(), told);
});

/** As facter prints facts for people. */
function notation(facts: object): string {
  const lines = Object.entries(facts).map(([name, value]) => `${name} => ${typeof value === 'string' ? value : written(value, 1)}`);
  return `${lines.join('\n')}\n`;
}

function written(value: unknown, depth: number): string {
  const indent = '  '.repeat(depth);
  const group = (open: string, items: string[], close: string) => `${open}\n${items.join(',\n')}\n${'  '.repeat(depth - 1)}${close}`;
  if (Array.isArray(value))
    return group(
      '[',
      value.map((item) => `${indent}${written(item, depth + 1)}`),
      ']',
    );
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return group(
    '{',
    Object.entries(value).map(([key, item]) => `${indent}${key} => ${written(item, depth + 1)}`),
    '}',
  );
}
