import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { IdentityKey } from '../../../src/domain/record/identity.ts';
import { openDuplicates } from '../../../src/master/intake/duplicates.ts';

const mac = (number: number): string => `52:54:00:00:00:${String(number).padStart(2, '0')}`;
const [A, B, C] = [mac(1), mac(2), mac(3)];
const serial = (value: string): IdentityKey => ({ kind: 'serial', value });

it('forgets what a machine said before', () => {
  const duplicates = openDuplicates();
  duplicates.note(A, [serial('one')]);
  duplicates.note(B, [serial('one')]);
  const others = (of: string): string[] => duplicates.of(of).map((other) => other.mac);
  assert.deepEqual([others(A), others(B)], [[B], [A]]);
  duplicates.note(A, [serial('two')]);
  assert.deepEqual([others(A), others(B)], [[], []]);
  duplicates.note(C, [serial('one')]);
  assert.deepEqual([others(A), others(B), others(C)], [[], [C], [B]]);
});

it('knows nothing of a machine that has no record', () => assert.deepEqual(openDuplicates().of(A), []));

it('stops counting at a number that forty-one machines have', () => {
  const duplicates = openDuplicates();
  for (let number = 1; number <= 42; number += 1) duplicates.note(mac(number), [serial('of everybody')]);
  assert.equal(duplicates.of(mac(41)).length, 40);
  assert.equal(duplicates.of(mac(42)).length, 0);
});
