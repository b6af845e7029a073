import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareArrivals } from '../../../src/domain/expected-machines.ts';
import { knownBy } from '../../../src/judge/identity/known-by.ts';
import { machineRecord } from '../machine-record.ts';

const bmc = (address: string, ipv6Addresses: string[] = []) => machineRecord({ bmc: { address, ipv6Addresses } });

test('the addresses of a BMC, but none of its own making', () => {
  assert.ok(knownBy(bmc('10.0.0.7', ['fd00::7/64', 'fe80::1/64'])).numbers.includes('10.0.0.7'));
  assert.ok(knownBy(bmc('10.0.0.7', ['fd00::7/64', 'fe80::1/64'])).numbers.includes('fd00::7'));
  assert.deepEqual(
    knownBy(bmc('169.254.3.254', ['fe80::1/64'])).numbers.filter((one) => /^(169|fe80)/.test(one)),
    [],
  );
});

test('an expected machine is found by the address of its BMC', () => {
  const { macs, numbers } = knownBy(bmc('10.0.0.7'));
  const seen = { mac: '52:54:00:00:00:01', macs, numbers, hasReceipt: true, isMaster: false };
  const { arrived, missing } = compareArrivals({ machines: [{ bmcAddress: '10.0.0.7' }, { bmcAddress: '10.0.0.8' }] }, [seen]);
  assert.deepEqual([arrived.map(({ seenAs }) => seenAs), missing], [['52:54:00:00:00:01'], [{ bmcAddress: '10.0.0.8' }]]);
});
