import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostName, serialLabel } from '../../../src/report/export/host-name.ts';
import { nodeWith } from './node-with.ts';

for (const [serial, label] of [
  ['CN-0123 / X', 'sn-cn-0123-x'],
  ['-A-', 'sn-a'],
  ['Ñ1', 'sn-n1'],
  ['---', undefined],
  [undefined, undefined],
  ['S'.repeat(40), `sn-${'s'.repeat(40)}`],
  ['S'.repeat(41), undefined],
] as const)
  test(`the label of serial number ${serial}: ${label}`, () => assert.equal(serialLabel(nodeWith({ system: { serial } }).record), label));

test('a serial number that is known to be shared makes no label, another ignored number does not matter', () => {
  const { record } = nodeWith({ system: { serial: 'A1' } });
  const ignored = (kind: 'serial' | 'uuid') => ({
    ...record,
    identity: { keys: [], score: 0, ignored: [{ kind, value: 'a1', reason: 'shared' }] },
  });
  assert.equal(serialLabel(ignored('serial')), undefined);
  assert.equal(serialLabel(ignored('uuid')), 'sn-a1');
});

test('a machine is called by its label when no other has it', () => {
  const { mac, record } = nodeWith({ system: { serial: 'A1' } });
  assert.equal(hostName(mac, record, new Map([['sn-a1', 1]])), 'sn-a1');
  assert.equal(hostName(mac, record, new Map([['sn-a1', 2]])), 'mac-525400000001');
  assert.equal(hostName(mac, record, new Map()), 'mac-525400000001');
});
