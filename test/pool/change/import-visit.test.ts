import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VisitNode } from '../../../src/domain/visit-tarball.ts';
import { nodesOfVisit } from '../../../src/pool/change/import-visit.ts';

interface Said {
  label?: string;
  serial?: string;
  uuid?: string;
  nics?: object[];
  at?: [string, string];
}

function machine(last: string, { label, serial, uuid, nics = [], at }: Said, more: object = {}): object {
  const mac = `52:54:00:66:00:${last}`;
  const lldp = at === undefined ? {} : { lldp: [{ chassisName: at[0], portId: at[1] }] };
  const ok = (data: object): object => ({ status: 'ok', data });
  const system = {
    ...(serial === undefined ? {} : { serial }),
    ...(uuid === undefined ? {} : { uuid }),
    chassis: label === undefined ? {} : { assetTag: label },
  };
  const sections = { system: ok(system), nics: ok([{ name: 'eth0', mac, ...lldp }, ...nics]) };
  return { mac, record: { ...RECORD, sections }, ...more };
}
const RECORD = { recordVersion: 1, imageVersion: '1', startedAt: '2026-11-29T06:00:00Z', durationMs: 1 };

async function* visit(...nodes: object[]): AsyncGenerator<VisitNode> {
  for (const node of nodes) yield node as VisitNode;
}
const namesOf = async (nodes: object[], there: { name: string; macs: string[] }[] = []) =>
  (await nodesOfVisit(visit(...nodes), there)).nodes.map(({ name, macs: [mac = ''] }) => `${name} ${mac.slice(-2)}`);

test('called by the label of the owner, or by the next free number in the order of the switch ports', async () => {
  const found = await namesOf(
    [
      machine('01', { at: ['sw1', 'Eth10'] }),
      machine('02', { at: ['sw1', 'Eth9'] }),
      machine('03', { label: 'GPU-Box 7' }),
      machine('04', {}),
      machine('05', { label: '004711' }),
      machine('06', { label: 'Default string' }),
    ],
    [{ name: 'node-001', macs: ['52:54:00:66:00:99'] }],
  );
  assert.deepEqual(found, ['node-000 02', 'node-002 01', 'gpu-box-7 03', 'node-003 04', 'node-004 05', 'node-005 06']);
});

test('a label on two machines, or one that a node of the pool has, is no name', async () => {
  const [twice, taken] = [{ label: 'rack-box' }, { label: 'node-000' }];
  assert.deepEqual(await namesOf([machine('01', twice), machine('02', twice), machine('03', taken)], [{ name: 'node-000', macs: [] }]), [
    'node-001 01',
    'node-002 02',
    'node-003 03',
  ]);
  assert.deepEqual(
    await namesOf([machine('01', {}), machine('02', taken)]),
    ['node-001 01', 'node-000 02'],
    'a number that is a label is taken',
  );
});

test('a node has the switch, the port and the memory of its record, for rules over them', async () => {
  const memory = { memory: { status: 'ok', data: { installedBytes: 64 * 1024 ** 3, dimms: [] } } };
  const { record, ...one } = machine('01', { at: ['sw-r12-a', 'Ethernet1/12'] }) as { record: { sections: object } };
  const { nodes } = await nodesOfVisit(
    visit(
      { ...one, record: { ...record, sections: { ...record.sections, ...memory } } },
      machine('02', { at: ['two\nlines', 'x'.repeat(101)] }),
    ),
    [],
  );
  assert.deepEqual(
    nodes.map(({ macs: _macs, ...node }) => node),
    [{ name: 'node-000', switch: 'sw-r12-a', port: 'Ethernet1/12', memoryGiB: 64 }, { name: 'node-001' }],
  );
});

test('every port that is one, by its own address; none that is on two machines', async () => {
  const nics = [
    { name: 'eth1', mac: '02:00:00:00:00:01', permanentMac: '52:54:00:66:01:01' },
    { name: 'usb0', mac: '52:54:00:66:01:02', bmcLink: true },
    { name: 'vf0', mac: '52:54:00:66:01:03', virtualFunction: true },
    { name: 'dock', mac: '52:54:00:66:01:04' },
    { name: 'ib0' },
  ];
  const { nodes } = await nodesOfVisit(
    visit(machine('01', { nics }), machine('02', { nics: [{ name: 'dock', mac: '52:54:00:66:01:04' }] })),
    [],
  );
  assert.deepEqual(
    nodes.map(({ macs }) => macs),
    [['52:54:00:66:00:01', '52:54:00:66:01:01'], ['52:54:00:66:00:02']],
  );
});

test('serial number and UUID, as far as they tell machines apart', async () => {
  const uuid = '4c4c4544-0042-4a10-8054-b9c04f4a3533';
  const { nodes } = await nodesOfVisit(
    visit(machine('01', { serial: 'CZ3145', uuid }), machine('02', { serial: '0123456789', uuid: '03000200-0400-0500-0006-000700080009' })),
    [],
  );
  assert.deepEqual(
    nodes.map((node) => [node.serial, node.uuid]),
    [
      ['CZ3145', uuid],
      [undefined, undefined],
    ],
  );
});

test('what is a node already stays as it is; older records and machines without one are none', async () => {
  const there = [{ name: 'old', macs: ['52:54:00:66:01:01'] }];
  const nics = [{ name: 'eth1', mac: '52:54:00:66:01:01' }];
  const { nodes, known } = await nodesOfVisit(
    visit(
      machine('01', { nics }),
      machine('02', {}, { sameAs: '52:54:00:66:00:01' }),
      machine('03', {}, { origin: 'boot-loader' }),
      machine('04', {}),
    ),
    there,
  );
  assert.deepEqual(known, [{ mac: '52:54:00:66:00:01', name: 'old' }]);
  assert.deepEqual(
    nodes.map(({ name }) => name),
    ['node-000'],
  );
});
