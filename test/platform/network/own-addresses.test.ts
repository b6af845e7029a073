import assert from 'node:assert/strict';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { it, type TestContext } from 'node:test';
import { addressesBut, addressesOf, ownHostName } from '../../../src/platform/network/own-addresses.ts';

/** The system says something else, to all modules, until the test ends. */
function onMachine(t: TestContext, answers: Partial<Record<'hostname' | 'networkInterfaces', unknown>>): void {
  const { hostname, networkInterfaces } = os;
  Object.assign(os, answers);
  syncBuiltinESMExports();
  t.after(() => {
    Object.assign(os, { hostname, networkInterfaces });
    syncBuiltinESMExports();
  });
}

it('tells the addresses of an interface as they are now, and of all others those that somebody elsewhere can reach', (t) => {
  const address = (text: string, internal = false) => ({ address: text, internal, family: text.includes(':') ? 'IPv6' : 'IPv4' });
  const interfaces = {
    lo: [address('127.0.0.1', true), address('::1', true)],
    boot: [address('10.77.0.1'), address('fe80::1')],
    office: [address('2001:db8::5'), address('fe80::2'), address('FEBF::2'), address('fec0::3'), address('192.0.2.5')],
    gone: undefined,
    more: [address('198.51.100.7'), address('2001:db8::fe80')],
  };
  onMachine(t, { networkInterfaces: () => interfaces });
  assert.deepEqual(addressesOf('boot'), ['10.77.0.1', 'fe80::1']);
  assert.deepEqual([addressesOf('gone'), addressesOf('none')], [[], []]);
  assert.deepEqual(addressesBut('boot'), ['192.0.2.5', '198.51.100.7', '2001:db8::5', 'fec0::3', '2001:db8::fe80']);
});

it('tells the name of this machine as DNS compares it', (t) => {
  onMachine(t, { hostname: () => 'Head-1.Example' });
  assert.equal(ownHostName(), 'head-1.example');
});
