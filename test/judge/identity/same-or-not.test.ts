import assert from 'node:assert/strict';
import test from 'node:test';
import type { IdentityKey } from '../../../src/domain/record/identity.ts';
import { type KnownMachine, sameOrNot } from '../../../src/judge/identity/same-or-not.ts';

/** `nic:1 uuid:7` */
const machine = (name: string, order: number, words: string): KnownMachine => ({
  name,
  order,
  keys: words.split(' ').map((word): IdentityKey => {
    const [kind, value = ''] = word.split(':');
    return { kind: kind as IdentityKey['kind'], value, evidence: `where ${name} has it` };
  }),
});

test('machines that share nothing are not looked at', () => {
  assert.deepEqual(sameOrNot([machine('a', 1, 'nic:1'), machine('b', 2, 'nic:2')]), { same: [], collisions: [] });
});

test('the newest record first; of equally new ones the later in the list', () => {
  const names = (...orders: number[]) =>
    sameOrNot(orders.map((order, at) => machine(`m${at}`, order, 'nic:1 uuid:1'))).same.map(({ machines }) => machines);
  assert.deepEqual(names(1, 3, 2), [['m1', 'm2', 'm0']]);
  assert.deepEqual(names(2, 2, 1), [['m1', 'm0', 'm2']]);
});

test('why records are of one machine, without saying it twice', () => {
  const { same } = sameOrNot([machine('a', 1, 'nic:1 uuid:1'), machine('b', 2, 'nic:1 uuid:1'), machine('c', 3, 'nic:1 uuid:1')]);
  assert.deepEqual(same, [{ machines: ['c', 'b', 'a'], reasons: ['system UUIDs agree: 1', 'network ports agree: 1'] }]);
});

test('a collision names what is shared, once for all that share the same, without where it stands', () => {
  const left = machine('a', 1, 'disk:1 disk:2 nic:1 bmc-mac:1');
  const right = machine('b', 2, 'disk:1 disk:2 nic:2 bmc-mac:2');
  assert.deepEqual(sameOrNot([left, right]), {
    same: [],
    collisions: [
      {
        machines: ['a', 'b'],
        keys: [
          { kind: 'disk', value: '1' },
          { kind: 'disk', value: '2' },
        ],
        verdict: 'unclear',
        reasons: ['BMC addresses differ: 1 and 2', 'network ports differ: 1 and 2', 'disks agree: 1, 2'],
      },
    ],
  });
});

test('a collision is certain only if the first differs from all others', () => {
  const first = machine('a', 1, 'serial:1 nic:1 disk:1');
  const other = machine('b', 2, 'serial:1 nic:2 disk:2');
  const bare = machine('c', 3, 'serial:1');
  const verdicts = (...machines: KnownMachine[]) => sameOrNot(machines).collisions.map(({ verdict }) => verdict);
  assert.deepEqual(verdicts(first, other), ['different']);
  assert.deepEqual(verdicts(first, other, bare), ['unclear']);
});

test('a record that is listed by a newer one stands for it in a collision', () => {
  const old = machine('old', 1, 'nic:1 uuid:1 serial:9');
  const newer = machine('new', 2, 'nic:1 uuid:1');
  const other = machine('other', 3, 'nic:7 bmc-mac:7 serial:9');
  assert.deepEqual(
    sameOrNot([old, newer, other]).collisions.map(({ machines }) => machines),
    [['new', 'other']],
  );
});

test('two groups join through a record of each, unless any two of them differ', () => {
  const same = (third: string) =>
    sameOrNot([machine('a', 1, 'nic:1 uuid:1 disk:1'), machine('b', 2, 'nic:1 nic:2 uuid:1'), machine('c', 3, third)]).same.map(
      ({ machines }) => machines,
    );
  assert.deepEqual(same('nic:2 uuid:1'), [['c', 'b', 'a']]);
  assert.deepEqual(same('nic:2 uuid:1 disk:9'), [['b', 'a']]);
});

test('a record joins no group of which any differs from it, whichever comes first', () => {
  const records = [machine('c', 3, 'nic:2 uuid:1 disk:9'), machine('a', 1, 'nic:1 uuid:1 disk:1'), machine('b', 2, 'nic:1 nic:2 uuid:1')];
  assert.deepEqual(
    sameOrNot(records).same.map(({ machines }) => machines),
    [['c', 'b']],
  );
});

test('two pairs that each share something are two collisions', () => {
  const pair = (name: string) => ['1', '2'].map((at) => machine(name + at, 1, `serial:${name} nic:${name}${at}`));
  assert.deepEqual(
    sameOrNot([...pair('a'), ...pair('b')]).collisions.map(({ machines }) => machines),
    [
      ['a1', 'a2'],
      ['b1', 'b2'],
    ],
  );
});

test('other machines are another collision, also where their names read alike', () => {
  const records = [
    machine('a', 1, 'serial:1 nic:1'),
    machine('bc', 1, 'serial:1 nic:2'),
    machine('ab', 1, 'serial:2 nic:3'),
    machine('c', 1, 'serial:2 nic:4'),
  ];
  assert.deepEqual(
    sameOrNot(records).collisions.map(({ machines }) => machines),
    [
      ['a', 'bc'],
      ['ab', 'c'],
    ],
  );
});

test('a number that forty have is compared, one that forty-one have is not', () => {
  const records = (count: number) => Array.from({ length: count }, (_, at) => machine(`m${at}`, at, 'nic:1 uuid:1'));
  assert.equal(sameOrNot(records(40)).same[0]?.machines.length, 40);
  const { same, collisions } = sameOrNot(records(41));
  assert.deepEqual([same, collisions.map(({ machines }) => machines.length)], [[], [41]]);
});

test('of thousands that share a number the first is compared with forty', () => {
  const records = Array.from({ length: 42 }, (_, at) => machine(`m${at}`, at, `serial:1 nic:${at} disk:${at}`));
  const verdicts = (unclearAt: number) =>
    sameOrNot(records.with(unclearAt, machine('bare', 1, 'serial:1'))).collisions.map(({ verdict }) => verdict);
  assert.deepEqual(verdicts(40), ['unclear']);
  assert.deepEqual(verdicts(41), ['different']);
});
