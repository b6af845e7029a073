import assert from 'node:assert/strict';
import test from 'node:test';
import type { Collision, IdentityKey } from '../../src/domain/record/identity.ts';
import { findSharedKeys } from '../../src/judge/shared-keys.ts';

const shared = (names: readonly string[], ...keys: IdentityKey[]) => {
  const collision: Collision = { machines: [...names], keys, verdict: 'different', reasons: [] };
  const known = names.map((name, order) => ({
    name,
    order,
    keys: keys.map((key, at) => ({ ...key, evidence: `field ${at} of ${name}` })),
  }));
  return findSharedKeys([collision], new Map(known.map((machine) => [machine.name, machine])));
};
const serial: IdentityKey = { kind: 'serial', value: 'sn1' };

test('each machine is told with whom it shares what, and where that stands', () => {
  const [a, b, ...others] = shared(
    ['a', 'b'],
    { kind: 'disk', value: 'd1' },
    serial,
    { kind: 'uuid', value: 'u1' },
    { kind: 'uuid', value: 'u2' },
  );
  assert.deepEqual(a, {
    machine: 'a',
    severity: 'warning',
    code: 'identity-shared',
    message: 'shares its system serial number, system UUID (sn1) with b; they are listed as separate machines',
    evidence: 'field 1 of a',
  });
  assert.match(b?.message ?? '', /with a; they/);
  assert.deepEqual([b?.evidence, others], ['field 1 of b', []]);
});

for (const [names, last] of [
  [['a', 'b', 'c', 'd'], 'a, b, c'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b and 2 others'],
  [['a', 'b', 'c', 'd', 'e', 'f'], 'a, b and 3 others'],
] as const) {
  test(`the last of ${names.length} shares with ${last}`, () =>
    assert.match(shared(names, serial).at(-1)?.message ?? '', new RegExp(` with ${last}; they`)));
}

test('of several numbers of one kind the first is named', () => {
  const [a] = shared(['a', 'b'], { kind: 'uuid', value: 'u1' }, { kind: 'uuid', value: 'u2' });
  assert.match(a?.message ?? '', /^shares its system UUID \(u1\) with b;/);
  assert.equal(a?.evidence, 'field 0 of a');
});

test('a machine is not among those that it shares with', () => {
  const [a, b] = shared(['a', 'b', 'c', 'd', 'e'], serial).map(({ message }) => message);
  assert.match(a ?? '', / with b, c and 2 others;/);
  assert.match(b ?? '', / with a, c and 2 others;/);
});

test('disks of a common shelf are no matter', () => assert.deepEqual(shared(['a', 'b'], { kind: 'disk', value: 'd1' }), []));

test('where a machine has the number only a key of another kind, or is not known, nothing is said of it', () => {
  const collision: Collision = { machines: ['a', 'b', 'c'], keys: [serial], verdict: 'unclear', reasons: [] };
  const machine = (name: string, kind: IdentityKey['kind'], value: string) =>
    [name, { name, order: 1, keys: [{ kind, value, evidence: `field of ${name}` }] }] as const;
  const known = new Map([machine('a', 'board-serial', 'sn1'), machine('b', 'serial', 'sn2')]);
  assert.deepEqual(findSharedKeys([collision], known), []);
});
