import assert from 'node:assert/strict';
import test from 'node:test';
import { KEY_KINDS, type KeyKind } from '../../../src/domain/record/identity.ts';
import { fingerprint } from '../../../src/judge/identity/fingerprint.ts';
import { sameMachine } from '../../../src/judge/identity/same-machine.ts';
import { machineRecord } from '../machine-record.ts';

interface Traits {
  uuid?: string | undefined;
  serial?: string | undefined;
  board?: string | undefined;
  macs?: string[] | undefined;
  bmc?: string | undefined;
  disks?: string[] | undefined;
}

const machine = ({ uuid, serial, board, macs = [], bmc, disks = [] }: Traits) =>
  machineRecord({
    system: { ...(uuid === undefined ? {} : { uuid }), ...(serial === undefined ? {} : { serial }) },
    board: board === undefined ? {} : { serial: board },
    nics: macs.map((mac, at) => ({ name: `eno${at}`, permanentMac: mac })),
    bmc: bmc === undefined ? {} : { mac: bmc },
    disks: disks.map((serialNumber, at) => ({ name: `sd${at}`, serial: serialNumber })),
  });

const UUID = '4c4c4544-0044-3510-8052-b4c04f4d3732';
const whole: Traits = {
  uuid: UUID,
  serial: 'SN7788X',
  board: 'BRD5501',
  macs: ['00:1b:21:00:00:01', '00:1b:21:00:00:02'],
  bmc: '00:25:90:00:00:aa',
  disks: ['DISK-11A', 'DISK-11B'],
};
const other: Traits = {
  uuid: '4c4c4544-0044-3510-8052-b4c04f4d9999',
  serial: 'SN9911Y',
  board: 'BRD7702',
  macs: ['00:1b:21:00:09:01', '00:1b:21:00:09:02'],
  bmc: '00:25:90:00:09:aa',
  disks: ['DISK-99A', 'DISK-99B'],
};

const cases: readonly [what: string, a: Traits, b: Traits, verdict: string][] = [
  ['a machine is itself', whole, whole, 'same'],
  ['two machines', whole, other, 'different'],
  ['equal UUID and serial on other hardware', whole, { ...other, uuid: UUID, serial: 'SN7788X' }, 'different'],
  [
    'equal UUID, serial and board serial on other hardware',
    whole,
    { ...other, uuid: UUID, serial: 'SN7788X', board: 'BRD5501' },
    'different',
  ],
  [
    'equal UUID and serial, without BMC',
    { ...whole, bmc: undefined },
    { ...other, bmc: undefined, board: undefined, uuid: UUID, serial: 'SN7788X' },
    'different',
  ],
  ['one of two ports swapped', whole, { ...whole, macs: ['00:1b:21:00:00:01', '00:1b:21:00:77:02'] }, 'same'],
  ['the only port swapped', { ...whole, macs: ['00:1b:21:00:00:01'] }, { ...whole, macs: ['00:1b:21:00:77:01'] }, 'same'],
  [
    'the only port swapped, no BMC',
    { ...whole, bmc: undefined, macs: ['00:1b:21:00:00:01'] },
    { ...whole, bmc: undefined, macs: ['00:1b:21:00:77:01'] },
    'same',
  ],
  ['all disks swapped', whole, { ...whole, disks: ['DISK-77A'] }, 'same'],
  ['disks moved into another machine', whole, { ...other, disks: whole.disks }, 'different'],
  ['a card moved into another machine', whole, { ...other, macs: ['00:1b:21:00:00:02', '00:1b:21:00:09:01'] }, 'different'],
  [
    'the board replaced, serial and UUID written into the new one',
    whole,
    { ...other, uuid: UUID, serial: 'SN7788X', disks: whole.disks },
    'unclear',
  ],
  ['nothing to compare', { uuid: UUID }, { macs: ['00:1b:21:00:00:01'] }, 'unclear'],
  ['nothing at all', {}, {}, 'unclear'],
  ['only a disk in common', { disks: ['DISK-11A'] }, { disks: ['DISK-11A'] }, 'unclear'],
  ['only what firmware says, in common', { uuid: UUID, serial: 'SN7788X' }, { uuid: UUID, serial: 'SN7788X' }, 'unclear'],
  ['only ports, in common', { macs: whole.macs }, { macs: whole.macs }, 'same'],
  ['UUID in the other byte order', whole, { ...whole, uuid: '44454c4c-4400-1035-8052-b4c04f4d3732' }, 'same'],
];

for (const [what, a, b, expected] of cases) {
  test(`${what}: ${expected}, whichever comes first`, () => {
    const [left, right] = [fingerprint(machine(a)).keys, fingerprint(machine(b)).keys];
    const [there, back] = [sameMachine(left, right), sameMachine(right, left)];
    assert.deepEqual([there.verdict, back.verdict], [expected, expected], there.reasons.join('\n'));
  });
}

const SHORT: Readonly<Record<string, KeyKind>> = { u: 'uuid', s: 'serial', b: 'board-serial', m: 'bmc-mac', n: 'nic', d: 'disk' };

/** `u+ n-`: both have a UUID, the same one, and a port, not the same. What is not there, one of the two lacks. */
const compared = (words: string) => {
  const kinds = words.split(' ').map((word) => ({ kind: SHORT[word.charAt(0)] ?? 'uuid', agrees: word.endsWith('+') }));
  return (['left', 'right'] as const).map((side) => kinds.map(({ kind, agrees }) => ({ kind, value: agrees ? 'both' : side })));
};

/** What firmware says (u, s, b) may be cloned or written anew, ports and BMC (n, m) may be changed, disks (d) wander. */
const decisions: readonly [words: string, verdict: string, why: string][] = [
  ['n+', 'same', 'a port is burnt in'],
  ['m+', 'same', 'so is the BMC'],
  ['d+', 'unclear', 'a disk may have moved'],
  ['u+', 'unclear', 'firmware may be cloned'],
  ['u+ s+ b+', 'unclear', 'all of it together'],
  ['u+ d+', 'same', 'two kinds that are not cloned together'],
  ['d-', 'unclear', 'other disks are no other machine'],
  ['n-', 'different', 'nothing agrees'],
  ['s-', 'different', 'nothing agrees'],
  ['n- d-', 'different', 'nothing agrees'],
  ['u+ n-', 'unclear', 'a card was changed, or the firmware cloned'],
  ['u+ d-', 'unclear', 'disks were changed, or the firmware cloned'],
  ['u+ n- d-', 'different', 'cloned firmware on other hardware'],
  ['u+ s+ m- n-', 'different', 'cloned firmware on other hardware'],
  ['u+ n+ d-', 'same', 'other disks in the same machine'],
  ['n+ d-', 'same', 'the port anchors it'],
  ['m+ n-', 'same', 'the BMC anchors it'],
  ['u+ d+ n-', 'same', 'the card was changed'],
  ['d+ n-', 'unclear', 'nothing anchors the disk'],
  ['u+ n+ m-', 'unclear', 'another BMC: the board may be another'],
  ['u+ d+ n- m-', 'unclear', 'disks and firmware on another board, or a new board'],
  ['u+ m+ n- d-', 'unclear', 'most of it is another'],
  ['u- s+ n+', 'same', 'a UUID that was written anew'],
  ['u- s+ n+ d-', 'unclear', 'and other disks'],
  ['u- n+', 'unclear', 'a card in another machine, or a new board'],
  ['b- n+', 'unclear', 'a card in another machine, or a new board'],
  ['u- m+', 'unclear', 'a BMC tells for one, its firmware for two'],
  ['u- s+ d+ n-', 'unclear', 'serial and disks moved to a new board'],
  ['u- s+', 'unclear', 'the firmware contradicts itself'],
  ['u- d+', 'unclear', 'a disk in another machine'],
  ['u- n- d+', 'different', 'a disk in another machine'],
  ['u- s+ n-', 'different', 'one number in common'],
  ['u- n+ d-', 'unclear', 'a card in common'],
  ['u- m- n+', 'different', 'a card in another machine'],
];
for (const [words, verdict, why] of decisions) {
  test(`${words} is ${verdict}: ${why}`, () => {
    const [left = [], right = []] = compared(words);
    assert.equal(sameMachine(left, right).verdict, verdict);
  });
}

test('every kind of key is named in the reasons', () => {
  const [left = [], right = []] = compared('u+ s- b+ m- n+ d-');
  assert.deepEqual(sameMachine(left, right).reasons, [
    'system UUIDs agree: both',
    'system serial numbers differ: left and right',
    'board serial numbers agree: both',
    'BMC addresses differ: left and right',
    'network ports agree: both',
    'disks differ: left and right',
  ]);
  assert.equal(KEY_KINDS.length, 6);
});

test('of many values five are named, unless there are six', () => {
  const disks = (count: number) => Array.from({ length: count }, (_, at) => ({ kind: 'disk' as const, value: `d${at}` }));
  const [six] = sameMachine(disks(6), disks(6)).reasons;
  const [seven] = sameMachine(disks(7), disks(7)).reasons;
  assert.deepEqual([six, seven], ['disks agree: d0, d1, d2, d3, d4, d5', 'disks agree: d0, d1, d2, d3, d4 and 2 more']);
});

test('the reasons name what agrees and what differs', () => {
  const { reasons } = sameMachine(fingerprint(machine(whole)).keys, fingerprint(machine({ ...whole, disks: ['DISK-77A'] })).keys);
  assert.ok(reasons.includes('system serial numbers agree: sn7788x'));
  assert.ok(reasons.includes('disks differ: disk-11a, disk-11b and disk-77a'));
});

const worthless: readonly Traits[] = [
  { uuid: '03000200-0400-0500-0006-000700080009' },
  { uuid: '12345678-1234-5678-90ab-cddeefaabbcc' },
  { uuid: '00000000-0000-0000-0000-0cc47a000001' },
  { uuid: 'ffffffff-ffff-ffff-ffff-ffffffffffff' },
  { serial: '0123456789' },
  { serial: 'To Be Filled By O.E.M.' },
  { serial: '00000000' },
  { serial: 'SerNum0' },
  { serial: '.........' },
  { board: 'XXXXXXXX' },
  { board: '42' },
  { macs: ['00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff', '00:11:22:33:44:55', '01:00:5e:00:00:01'] },
  { disks: ['AAAABBBBCCCC3', 'Volume1', 'REDACTED', 'rootdisk'] },
];
for (const traits of worthless) {
  test(`${JSON.stringify(traits)} identifies nothing, and says why`, () => {
    const { keys, score, ignored } = fingerprint(machine(traits));
    assert.deepEqual([keys, score], [[], 0]);
    assert.equal(ignored?.length, Object.values(traits).flat().length);
    for (const { value, reason } of ignored ?? []) assert.ok(value !== '' && reason !== '', reason);
  });
}

test('the score grows with the kinds of keys, not with their number', () => {
  const score = (traits: Traits) => fingerprint(machine(traits)).score;
  assert.ok(score({ uuid: UUID }) < score({ uuid: UUID, serial: 'SN7788X' }));
  assert.equal(score({ macs: whole.macs ?? [] }), score({ macs: ['00:1b:21:00:00:01'] }));
  assert.equal(score(whole), 100);
});

test('links to the BMC and virtual functions are no keys', () => {
  const nics = [
    { name: 'usb0', permanentMac: '00:1b:21:00:00:01', bus: 'usb' },
    { name: 'enp1s16', permanentMac: '00:1b:21:00:00:02', virtualFunction: true },
  ];
  assert.deepEqual(fingerprint(machineRecord({ nics })).keys, []);
});

test('what is plugged in from outside is no key, and a key knows where it stands', () => {
  const disks = [
    { name: 'sda', serial: 'STICK-01', transport: 'usb' },
    { name: 'sdb', serial: 'VIRTUAL-CD-1', removable: true },
    { name: 'sdc', wwn: '0x5000C500A1B2C3D4', serial: 'ZC10ABCD' },
  ];
  assert.deepEqual(fingerprint(machineRecord({ disks })).keys, [{ kind: 'disk', value: '0x5000c500a1b2c3d4', evidence: 'disks[2].wwn' }]);
});
