import assert from 'node:assert/strict';
import { test } from 'node:test';
import { machineAddresses } from '../../../src/report/export/machine-addresses.ts';

test('upwards, without those that are taken and those that end in 0 or 255', () => {
  assert.deepEqual(machineAddresses('10.0.0.253', 4, new Set(['10.0.1.2'])), ['10.0.0.253', '10.0.0.254', '10.0.1.1', '10.0.1.3']);
  assert.deepEqual(machineAddresses('10.0.0.0', 1, new Set()), ['10.0.0.1']);
  assert.deepEqual(machineAddresses('10.0.0.100', 2, new Set()), ['10.0.0.100', '10.0.0.101'], 'an octet that only ends so');
  assert.deepEqual(machineAddresses('10.0.0.1', 0, new Set()), []);
});

test('the last address of machines is given, the next is none', () => {
  assert.deepEqual(machineAddresses('126.255.255.254', 1, new Set()), ['126.255.255.254']);
  assert.throws(() => machineAddresses('223.255.255.253', 3, new Set()), {
    code: 'usage',
    message: '--first-address 223.255.255.253 leaves room for 2 of 3 machines: 224.0.0.0 is none',
    hint: 'begin lower, for example at 10.0.0.10',
  });
  assert.throws(() => machineAddresses('127.0.0.1', 1, new Set()), { code: 'usage', hint: 'for example 10.0.0.10' });
});
