import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressBeside, byMachine } from '../../../src/desk/merge/strangers.ts';
import type { IdentityKey } from '../../../src/domain/record/identity.ts';

const X = '0c:c4:7a:00:00:01';
const key = (kind: IdentityKey['kind'], value: string): IdentityKey => ({ kind, value, evidence: 'x' });
const record = (name: string, ...keys: IdentityKey[]) => ({ name, keys });

test('records of one address by machine: what firmware says decides, whatever card they share', () => {
  const shared = key('nic', X);
  const records = [
    record('a2', shared, key('serial', 'a')),
    record('b2', shared, key('serial', 'b')),
    record('a1', shared, key('serial', 'a')),
    record('b1', shared, key('serial', 'b')),
    record('nothing', shared),
  ];
  assert.deepEqual(
    byMachine(records).map((machine) => machine.map(({ name }) => name)),
    [
      ['a2', 'a1', 'nothing'],
      ['b2', 'b1'],
    ],
  );
});

test('a machine beside another has a port of its own that nobody is listed under, else an address of its numbers', () => {
  const own = record('b', key('nic', X), key('nic', '0c:c4:7a:00:00:02'), key('nic', '0c:c4:7a:00:00:03'), key('serial', 'b'));
  assert.equal(addressBeside(new Set([X]), X, own), '0c:c4:7a:00:00:02');
  assert.equal(addressBeside(new Set([X, '0c:c4:7a:00:00:02']), X, own), '0c:c4:7a:00:00:03');
  const made = addressBeside(new Set([X]), X, record('c', key('nic', X), key('serial', 'c')));
  assert.match(made, /^02(:[0-9a-f]{2}){5}$/);
  assert.notEqual(addressBeside(new Set([X, made]), X, record('c', key('nic', X), key('serial', 'c'))), made);
});
