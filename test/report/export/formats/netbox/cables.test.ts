import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LldpNeighbour } from '../../../../../src/domain/record/network.ts';
import { SwitchPorts } from '../../../../../src/report/export/formats/netbox/cables.ts';

for (const [what, neighbour, end] of [
  ['an interface name', { portId: 'Ethernet1/7', portDescription: 'to hall 3' }, 'Ethernet1/7'],
  ['a MAC address, the name in the description', { portId: '0c:c4:7a:00:00:01', portDescription: 'swp7' }, 'swp7'],
  ['a MAC address in the spelling of Cisco', { portId: '0cc4.7a00.0001', portDescription: 'Te 1/2' }, 'Te 1/2'],
  ['a MAC address and a sentence', { portId: '0c:c4:7a:00:00:01', portDescription: 'uplink of row 7' }, undefined],
  ['a MAC address alone', { portId: '0c:c4:7a:00:00:01' }, undefined],
  ['a number of SNMP, the name in the description', { portId: '526', portDescription: 'ge-0/0/12' }, 'ge-0/0/12'],
  ['a number that is the name', { portId: '49', portDescription: '49' }, '49'],
  ['a number alone', { portId: '7' }, '7'],
  ['a number and a sentence', { portId: '526', portDescription: 'uplink of row 7' }, undefined],
  ['an address of Cisco in capital letters, a name in capital letters', { portId: '0CC4.7A00.0001', portDescription: 'TE1/2' }, 'TE1/2'],
  ['an address of Cisco in letters', { portId: 'abcd.efab.cdef' }, undefined],
  ['what only ends like an address of Cisco', { portId: 'x0cc4.7a00.0001' }, 'x0cc4.7a00.0001'],
  ['what only begins like one', { portId: '0cc4.7a00.0001x' }, '0cc4.7a00.0001x'],
  ['a number, the name of a stack in the description', { portId: '526', portDescription: '1/0/7' }, '1/0/7'],
  ['a number, the name with a dot in the description', { portId: '526', portDescription: '1.7' }, '1.7'],
  ['a number, the name with a colon in the description', { portId: '526', portDescription: '1:7' }, '1:7'],
  ['a number, an interface with a dot and a colon', { portId: '526', portDescription: 'xe-0/0/1:2.100' }, 'xe-0/0/1:2.100'],
  ['a number, and a description that only begins like a name', { portId: '526', portDescription: 'swp7 of hall' }, undefined],
  ['a number, and one that has too many parts', { portId: '526', portDescription: 'ge-0/1/2/3/4/5' }, undefined],
  ['a number, and a stack of too many parts', { portId: '526', portDescription: '0/1/2/3/4/5' }, undefined],
  ['a number, and a word that is too long', { portId: '526', portDescription: `${'e'.repeat(32)}1` }, undefined],
  ['a name of 65 characters', { portId: 'N'.repeat(65) }, 'N'.repeat(64)],
  ['a number, and a description of 65 characters that is no name', { portId: '7', portDescription: '7'.repeat(65) }, undefined],
  ['nothing', {}, undefined],
  ['a comma', { portId: 'Eth1,2' }, undefined],
] as const satisfies readonly (readonly [string, LldpNeighbour, string | undefined])[]) {
  test(`a switch's port by ${what}: ${end ?? 'no cable'}`, () => {
    const reasons: string[] = [];
    const taken = new SwitchPorts().take({ name: 'eno1', lldp: [{ chassisName: 'sw1', ...neighbour }] }, (reason) => reasons.push(reason));
    assert.equal(taken?.port, end);
    assert.equal(reasons.length, end === undefined ? 1 : 0);
  });
}

test('switches: each once by any case, each end once, two switches of one name not mixed, no machine for a switch', () => {
  const ports = new SwitchPorts();
  const reasons: string[] = [];
  const take = (chassisName: string, portId: string, chassisId?: string) =>
    ports.take({ name: 'eno1', lldp: [{ chassisName, portId, ...(chassisId === undefined ? {} : { chassisId }) }] }, (reason) =>
      reasons.push(reason),
    );
  assert.deepEqual(take('sw1', 'swp1', 'a'), { device: 'sw1', port: 'swp1', isNew: true, isFirst: true });
  assert.deepEqual(take('SW1', 'swp2', 'a'), { device: 'sw1', port: 'swp2', isNew: false, isFirst: false });
  assert.equal(take('sw1', 'SWP2', 'a'), undefined);
  assert.equal(take('sw1', 'swp3', 'b'), undefined);
  assert.equal(take('sn-abc123', 'eno1'), undefined);
  assert.equal(take('', 'swp4'), undefined);
  assert.deepEqual(reasons, [
    'a cable: another port has the same end',
    'a cable: two switches have the same name',
    'a cable: the neighbour is a machine by its name, not a switch',
    'a cable: the switch does not tell its name',
  ]);
});

for (const [what, lldp, reason] of [
  ['two neighbours', [{ chassisName: 'sw1', portId: 'a' }, { chassisName: 'sw2' }], 'the port has several neighbours'],
  ['no name of the switch', [{ portId: 'swp1' }], 'the switch does not tell its name'],
  [
    'no name of its port',
    [{ chassisName: 'sw1', portId: '0c:c4:7a:00:00:01' }],
    'the switch does not tell the name of its port, but a MAC address or a number of its own',
  ],
  [
    'a comma in the name of the switch',
    [{ chassisName: 'a,b', portId: 'swp1' }],
    'there is a comma in the name of the switch or of its port',
  ],
  ['a comma in the name of the port', [{ chassisName: 'sw1', portId: 'a,b' }], 'there is a comma in the name of the switch or of its port'],
  ['a machine by its serial number', [{ chassisName: 'SN-abc', portId: 'eno1' }], 'the neighbour is a machine by its name, not a switch'],
  [
    'a machine by its address',
    [{ chassisName: 'mac-525400000001', portId: 'eno1' }],
    'the neighbour is a machine by its name, not a switch',
  ],
] as const satisfies readonly (readonly [string, readonly LldpNeighbour[], string])[])
  test(`no cable, and why: ${what}`, () => {
    const reasons: string[] = [];
    assert.equal(
      new SwitchPorts().take({ name: 'eno1', lldp: [...lldp] }, (told) => reasons.push(told)),
      undefined,
    );
    assert.deepEqual(reasons, [`a cable: ${reason}`]);
  });

test('no neighbour is no reason to tell', () => {
  assert.equal(new SwitchPorts().take({ name: 'eno1', lldp: [] }, assert.fail), undefined);
  assert.equal(new SwitchPorts().take({ name: 'eno1' }, assert.fail), undefined);
});

test('a switch is known by its name in any case, its name has 64 characters, and one port of two switches is two ends', () => {
  const ports = new SwitchPorts();
  const take = (chassisName: string, portId: string, chassisId?: string) =>
    ports.take({ name: 'eno1', lldp: [{ chassisName, portId, ...(chassisId === undefined ? {} : { chassisId }) }] }, () => {});
  assert.deepEqual(take('Leaf-1', 'swp1'), { device: 'Leaf-1', port: 'swp1', isNew: true, isFirst: true });
  assert.deepEqual(take('LEAF-1', 'swp2', 'a'), { device: 'Leaf-1', port: 'swp2', isNew: false, isFirst: false });
  assert.equal(take('leaf-1', 'swp3', 'b'), undefined, 'its number was learned from the second port');
  assert.equal(take('leaf-1', 'swp4')?.port, 'swp4');
  assert.equal(take('leaf-1', 'swp5', 'b'), undefined, 'a port that tells no number takes none away');
  assert.deepEqual(take('leaf-2', 'swp1'), { device: 'leaf-2', port: 'swp1', isNew: true, isFirst: false });
  assert.deepEqual(take('my-sn-1', 'swp1')?.device, 'my-sn-1', 'only the beginning of a name tells a machine');
  assert.equal(take('S'.repeat(65), 'swp1')?.device, 'S'.repeat(64));
});
