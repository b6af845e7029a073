import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JOIN_AGAIN_MS, joinRefusal, type WardenFacts } from '../../../src/service/join/may-join.ts';
import { givesAddress } from '../../../src/service/warden/run-warden.ts';

const FREE: WardenFacts = {
  storage: 'ram',
  isServing: false,
  hasGivenAddress: false,
  recordCount: 1,
  isForced: false,
  sinceLastMs: undefined,
};

test('a master in RAM that has served nobody may become a peer, and one that came back may after a while', () => {
  assert.equal(joinRefusal(FREE), undefined);
  assert.equal(joinRefusal({ ...FREE, recordCount: 0 }), undefined);
  assert.equal(joinRefusal({ ...FREE, sinceLastMs: JOIN_AGAIN_MS }), undefined);
});

for (const [change, why] of [
  [{ storage: 'stick' }, /has a stick/],
  [{ storage: undefined }, /has a stick/],
  [{ isServing: true }, /serves a network/],
  [{ hasGivenAddress: true }, /given a machine an address/],
  [{ recordCount: 2 }, /records of other machines/],
  [{ isForced: true }, /recon\.role=master/],
  [{ sinceLastMs: JOIN_AGAIN_MS - 1 }, /came back from there 300 s ago/],
] as const)
  test(`the warden refuses by itself: ${why.source}`, () => assert.match(joinRefusal({ ...FREE, ...change }) ?? '', why));

test('an address that was given is read from what dnsmasq says, of both families; an offer is none', () => {
  assert.equal(givesAddress('dnsmasq-dhcp[7]: 1234 DHCPACK(eth0) 10.77.85.131 52:54:00:00:00:01'), true);
  assert.equal(givesAddress('dnsmasq-dhcp[7]: 1234 DHCPREPLY(eth0) fd52:4543:4f4e:1::1:7 00:01:00:01'), true);
  for (const line of [
    'dnsmasq-dhcp[7]: 1234 DHCPOFFER(eth0) 10.77.85.131 02:52:45:43:4f:4e',
    'dnsmasq-dhcp[7]: 1234 DHCPNAK(eth0) 192.0.2.77 02:52:45:43:4f:4e wrong network',
    'dnsmasq-dhcp[7]: 1234 DHCPADVERTISE(eth0) fd52:4543:4f4e:1::1:7 00:01:00:01',
  ])
    assert.equal(givesAddress(line), false, line);
});
