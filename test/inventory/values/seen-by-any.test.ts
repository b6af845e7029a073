import assert from 'node:assert/strict';
import test from 'node:test';
import { seenByAny } from '../../../src/inventory/values/seen-by-any.ts';

interface Thing {
  name: string;
  serial?: string;
  from?: string;
}

const rule = {
  keys: [(thing: Thing) => thing.serial, (thing: Thing) => thing.name],
  join: (known: Thing, other: Thing): Thing => ({ ...other, ...known }),
};

test('a thing exists if any tool saw it, and once', () => {
  assert.deepEqual(seenByAny([{ name: 'a', serial: 'S1' }], [{ name: 'b', serial: 'S1', from: 'x' }, { name: 'c' }], rule), [
    { name: 'a', serial: 'S1', from: 'x' },
    { name: 'c' },
  ]);
  assert.deepEqual(seenByAny([], [{ name: 'c' }], rule), [{ name: 'c' }]);
});

test('a key that two things of one list share tells neither; the next key does', () => {
  const known = [
    { name: 'a', serial: 'S' },
    { name: 'b', serial: 'S' },
  ];
  const others = [
    { name: 'b', serial: 'S', from: 'x' },
    { name: 'c', serial: 'S', from: 'x' },
  ];
  assert.deepEqual(
    seenByAny(known, others, rule).map(({ name, from }) => [name, from]),
    [
      ['a', undefined],
      ['b', 'x'],
      ['c', 'x'],
    ],
  );
});

test('of two that could be the same the surest key decides, and nothing is joined twice', () => {
  const known = [{ name: 'a', serial: 'S1' }, { name: 'b' }];
  assert.deepEqual(seenByAny(known, [{ name: 'b', serial: 'S1', from: 'x' }], rule), [
    { name: 'a', serial: 'S1', from: 'x' },
    { name: 'b' },
  ]);
});
