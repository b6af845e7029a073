import assert from 'node:assert/strict';
import test from 'node:test';
import { foundIn, messagesIn } from './found-in.ts';

const controller = (more: object) => ({ id: '0', tool: 'storcli', virtualDrives: [], physicalDrives: [], ...more });
const of = (more: object) => foundIn({ storage: { controllers: [controller(more)] } });

for (const state of ['Optl', 'Optimal', 'OK', 'Okay', 'Online', 'Initializing', 'optimal (rebuilt)']) {
  test(`a RAID volume that is ${state} is whole`, () => assert.deepEqual(of({ virtualDrives: [{ id: '1', state }] }), []));
}
for (const state of ['Dgrd', 'Pdgd', 'OfLn', 'Interim Recovery Mode', 'Not OK', 'Failed, was online']) {
  test(`a RAID volume that is ${state} is not whole`, () =>
    assert.deepEqual(of({ virtualDrives: [{ id: '0' }, { id: '1', state }] }), [
      ['critical', 'raid-degraded', `RAID volume 1 of controller 0 is ${state}`, 'storage.controllers[0].virtualDrives[1].state'],
    ]));
}

for (const state of ['Offln', 'Offline', 'Failed', 'UBad', 'Missing', 'Predictive Failure']) {
  test(`a drive that is ${state} is out`, () =>
    assert.deepEqual(of({ model: 'H730', physicalDrives: [{ slot: '3', state }] }), [
      ['warning', 'raid-drive', `drive 3 of controller 0 H730 is ${state}`, 'storage.controllers[0].physicalDrives[0].state'],
    ]));
}
for (const state of ['Onln', 'GHS', 'UGood', 'Rbld', 'Spun down, not missing', undefined]) {
  test(`a drive that is ${state} is no trouble`, () =>
    assert.deepEqual(of({ physicalDrives: [{ slot: '3', ...(state === undefined ? {} : { state }) }] }), []));
}

for (const health of ['NdAtn', 'Needs Attention', 'Dgd', 'Degraded', 'Fld', 'Failed', 'Critical']) {
  test(`a controller that is ${health}`, () =>
    assert.deepEqual(of({ health }), [['warning', 'raid-controller', `controller 0 is ${health}`, 'storage.controllers[0].health']]));
}
for (const health of ['Optimal', 'Opt', 'OK', 'never failed', undefined]) {
  test(`a controller that is ${health} is well`, () => assert.deepEqual(of(health === undefined ? {} : { health }), []));
}

for (const state of ['Failed', 'Missing', 'Degraded', 'Needs replacement', 'Replace', 'Not OK', 'Bad']) {
  test(`a battery that is ${state}`, () =>
    assert.deepEqual(of({ battery: { state } }), [
      ['warning', 'raid-battery', `the battery of controller 0 is ${state}`, 'storage.controllers[0].battery.state'],
    ]));
}
for (const battery of [{ state: 'Optimal' }, { state: 'Opt' }, { state: 'OK' }, {}]) {
  test(`a battery ${JSON.stringify(battery)} is well`, () => assert.deepEqual(of({ battery }), []));
}

for (const [drive, name] of [
  [{ enclosure: '32', slot: '4', deviceId: '9' }, 'drive 32:4'],
  [{ slot: '4', deviceId: '9' }, 'drive 4'],
  [{ deviceId: '9', model: 'Example 4T' }, 'drive 9 Example 4T'],
  [{ model: 'Example 4T', serial: 'ZC1' }, 'drive Example 4T ZC1'],
] as const) {
  test(`a drive behind a controller is called ${name}`, () => {
    const worn = { ...drive, wearPercent: 90 };
    assert.deepEqual(messagesIn({ storage: { hiddenDrives: [worn] } }), [`${name} has used 90 % of its rated endurance`]);
    assert.deepEqual(messagesIn({ storage: { controllers: [controller({ physicalDrives: [worn] })] } }), [
      `${name} of controller 0 has used 90 % of its rated endurance`,
    ]);
  });
}

const raid = (more: object, ...roles: (string | undefined)[]) => ({
  uuid: 'aa:bb',
  deviceCount: 2,
  members: roles.map((role, at) => ({ device: `sd${at}`, ...(role === undefined ? {} : { role }) })),
  ...more,
});

for (const [what, more, words] of [
  ['name and level', { name: 'host:0', level: 'raid1' }, 'host:0 raid1'],
  ['a name', { name: 'host:0' }, 'host:0'],
  ['neither', {}, 'aa:bb'],
] as const) {
  test(`software RAID with ${what} that lacks a member`, () => {
    const softwareRaid = [raid({}, 'Active device 0', undefined), raid(more, 'Active device 0')];
    const message = `software RAID ${words} has 1 of 2 members here`;
    assert.deepEqual(foundIn({ storage: { softwareRaid } }), [['warning', 'raid-degraded', message, 'storage.softwareRaid[1].members']]);
  });
}

for (const role of ['spare', 'Spare', 'faulty', 'Faulty device']) {
  test(`a member that is ${role} does not count`, () =>
    assert.equal(foundIn({ storage: { softwareRaid: [raid({}, 'Active device 0', role)] } }).length, 1));
}

test('of software RAID whose size nobody tells nothing is said', () => {
  const { deviceCount: _, ...unknown } = raid({}, 'Active device 0');
  assert.deepEqual(foundIn({ storage: { softwareRaid: [unknown] } }), []);
});
