import assert from 'node:assert/strict';
import test from 'node:test';
import { fingerprint } from '../../../src/judge/identity/fingerprint.ts';
import { machineRecord } from '../machine-record.ts';

const UUID = '44454c4c-4400-1035-8052-b4c04f4d3732';
const of = (sections: Parameters<typeof machineRecord>[0]) => fingerprint(machineRecord(sections));

test('each key knows its kind and where it stands, sorted; unusable values are kept beside them', () => {
  const sections = {
    system: { uuid: UUID, serial: 'SN7788X' },
    board: { serial: 'To Be Filled By O.E.M.' },
    bmc: { mac: '00:25:90:00:00:aa' },
    nics: [
      { name: 'eno1', mac: '00:1b:21:00:00:02' },
      { name: 'eno2', mac: '02:00:00:00:00:07', permanentMac: '00:1b:21:00:00:01' },
    ],
    disks: [
      { name: 'sda', serial: 'Volume1' },
      { name: 'sdb', serial: 'DISK-11A' },
    ],
  };
  assert.deepEqual(of(sections), {
    keys: [
      { kind: 'bmc-mac', value: '00:25:90:00:00:aa', evidence: 'bmc.mac' },
      { kind: 'disk', value: 'disk-11a', evidence: 'disks[1].serial' },
      { kind: 'nic', value: '00:1b:21:00:00:01', evidence: 'nics[1].permanentMac' },
      { kind: 'nic', value: '00:1b:21:00:00:02', evidence: 'nics[0].mac' },
      { kind: 'serial', value: 'sn7788x', evidence: 'system.serial' },
      { kind: 'uuid', value: UUID, evidence: 'system.uuid' },
    ],
    score: 100,
    ignored: [
      {
        kind: 'board-serial',
        value: 'To Be Filled By O.E.M.',
        evidence: 'board.serial',
        reason: 'a placeholder that the maker left in',
      },
      { kind: 'disk', value: 'Volume1', evidence: 'disks[0].serial', reason: 'the name of a RAID volume' },
    ],
  });
});

for (const [kind, worth, sections] of [
  ['uuid', 25, { system: { uuid: UUID } }],
  ['serial', 25, { system: { serial: 'SN7788X' } }],
  ['board-serial', 20, { board: { serial: 'BRD5501' } }],
  ['bmc-mac', 40, { bmc: { mac: '00:25:90:00:00:aa' } }],
  ['nic', 30, { nics: [{ name: 'eno1', mac: '00:1b:21:00:00:01' }] }],
  [
    'disk',
    15,
    {
      disks: [
        { name: 'sda', serial: 'DISK-11A' },
        { name: 'sdb', serial: 'DISK-11B' },
      ],
    },
  ],
] as const) {
  test(`a key of kind ${kind} is worth ${worth}`, () => {
    const { score, keys } = of(sections as unknown as Parameters<typeof of>[0]);
    assert.deepEqual([score, keys[0]?.kind], [worth, kind]);
  });
}

test('without any value there is nothing to ignore either', () => assert.deepEqual(of({}), { keys: [], score: 0 }));

test('an InfiniBand port counts by its GUID', () => {
  const nics = [{ name: 'ib0', guid: '24:8a:07:03:00:ab:cd:ef', mac: '80:00:02:08:fe:80' }];
  assert.deepEqual(of({ nics }).keys, [{ kind: 'nic', value: '24:8a:07:03:00:ab:cd:ef', evidence: 'nics[0].guid' }]);
});

test('a value that stands twice is a key once, from where it stands first', () => {
  const nics = ['eno1', 'eno2'].map((name) => ({ name, mac: '00:1b:21:00:00:01' }));
  assert.deepEqual(of({ nics }).keys, [{ kind: 'nic', value: '00:1b:21:00:00:01', evidence: 'nics[0].mac' }]);
});

for (const [what, port] of [
  ['on USB', { bus: 'usb' }],
  ['that leads to the BMC', { bmcLink: true }],
  ['that is a virtual function', { virtualFunction: true }],
] as const) {
  test(`a port ${what} is no key`, () => assert.deepEqual(of({ nics: [{ name: 'eno1', mac: '00:1b:21:00:00:01', ...port }] }).keys, []));
}

for (const [what, disk] of [
  ['on USB', { transport: 'usb' }],
  ['that can be taken out', { removable: true }],
] as const) {
  test(`a disk ${what} is no key`, () => assert.deepEqual(of({ disks: [{ name: 'sda', serial: 'DISK-11A', ...disk }] }).keys, []));
}
