import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ownSubnets, planIpv6, planSegment, proxySegment } from '../../src/domain/network.ts';
import { NetworkSettings } from '../../src/domain/network-settings.ts';

const EXHAUSTED = { code: 'subnets-exhausted' };

test('the first segment', () => {
  assert.deepEqual(planSegment('eno1', 0), {
    interface: 'eno1',
    address: '10.77.0.1',
    prefixLength: 16,
    rangeFirst: '10.77.1.0',
    rangeLast: '10.77.250.255',
  });
});

test('every segment has a network of its own, with its range inside and the master outside the range', () => {
  const planned = Array.from({ length: 178 }, (_, index) => planSegment('x', index));
  assert.equal(new Set(planned.map(({ address }) => address.split('.').slice(0, 2).join('.'))).size, 178);
  for (const { address, rangeFirst, rangeLast } of planned) {
    const network = address.replace(/\.0\.1$/, '');
    assert.ok(rangeFirst.startsWith(`${network}.`) && rangeLast.startsWith(`${network}.`), address);
    const numbers = [address, rangeFirst, rangeLast].map((text) => text.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0));
    assert.deepEqual(
      numbers,
      numbers.toSorted((a, b) => a - b),
    );
    assert.ok(text255(rangeLast));
  }
});

test('there is no segment before the first or outside of the private network', () => {
  assert.equal(planSegment('x', 178).address, '10.255.0.1');
  assert.throws(() => planSegment('x', 179), EXHAUSTED);
  assert.throws(() => planSegment('x', -1), EXHAUSTED);
});

test('a subnet of another size and place', () => {
  const settings = NetworkSettings.parse({ subnet: '192.168.40.0/24' });
  assert.deepEqual(planSegment('eno1', 2, settings), {
    interface: 'eno1',
    address: '192.168.42.1',
    prefixLength: 24,
    rangeFirst: '192.168.42.16',
    rangeLast: '192.168.42.250',
  });
  assert.throws(() => planSegment('eno1', 216, settings), EXHAUSTED, '192.169.0.0 belongs to somebody');
  assert.equal(planSegment('eno1', 0, NetworkSettings.parse({ subnet: '172.31.255.192/26' })).rangeLast, '172.31.255.250');
  const least = planSegment('eno1', 0, NetworkSettings.parse({ subnet: '192.168.9.8/29' }));
  assert.deepEqual([least.address, least.rangeFirst, least.rangeLast], ['192.168.9.9', '192.168.9.10', '192.168.9.13']);
});

test('what counts as ours: every subnet that may be served, in proxy mode only our own address', () => {
  const plain = ownSubnets();
  assert.deepEqual([plain[0], plain[63], plain.at(-1)], ['10.77.0.0/16', '10.140.0.0/16', 'fd52:4543:4f4e::/48']);
  assert.deepEqual(ownSubnets(NetworkSettings.parse({ subnet: '172.31.255.128/26' })), [
    '172.31.255.128/26',
    '172.31.255.192/26',
    'fd52:4543:4f4e::/48',
  ]);
  assert.deepEqual(ownSubnets(NetworkSettings.parse({ mode: 'proxy-dhcp', address: '192.168.9.250/24' })), ['192.168.9.250/32']);
});

test('IPv6: one /64 per segment, inside what counts as ours', () => {
  assert.deepEqual(planIpv6(0), {
    address: 'fd52:4543:4f4e:1::1',
    prefixLength: 64,
    rangeFirst: 'fd52:4543:4f4e:1::1:0',
    rangeLast: 'fd52:4543:4f4e:1::1:ffff',
  });
  assert.equal(planIpv6(63).address, 'fd52:4543:4f4e:40::1');
});

test('beside another server: the given address, and nothing to give away', () => {
  const { address, prefixLength, rangeFirst, dhcp } = proxySegment('eno1', '192.168.9.250/24');
  assert.deepEqual([address, prefixLength, rangeFirst, dhcp], ['192.168.9.250', 24, '192.168.9.250', 'proxy']);
  assert.throws(() => proxySegment('eno1', '192.168.9.250'), { code: 'address-malformed' });
});

function text255(address: string): boolean {
  return address.split('.').every((octet) => Number(octet) <= 255);
}
