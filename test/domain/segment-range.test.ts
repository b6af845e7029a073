import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ipv4Number, networkAddress } from '../../src/domain/ip-address.ts';
import { planSegment, proxySegment } from '../../src/domain/network.ts';
import { NetworkSettings } from '../../src/domain/network-settings.ts';
import { guestAddress, isGuestAddress, segmentRange } from '../../src/domain/segment-range.ts';

const usual = NetworkSettings.parse({});
const small = NetworkSettings.parse({ subnet: '192.168.40.0/24', ipv6: false });

test('of each range the master, the first of the pool and the master over IPv6 are asked for', () => {
  assert.deepEqual(segmentRange(1, usual), {
    number: 1,
    subnet: '10.78.0.0/16',
    addresses: ['10.78.0.1', '10.78.1.0', '10.78.1.1', 'fd52:4543:4f4e:2::1'],
  });
  assert.deepEqual(segmentRange(0, small)?.addresses, ['192.168.40.1', '192.168.40.16', '192.168.40.17']);
  assert.equal(segmentRange(9999, usual), undefined);
});

test('what lies behind the pool is for laptops, in each of the ranges', () => {
  const guests = ['10.77.255.2', '10.77.251.0', '10.99.255.2', '192.168.40.251', '10.77.250.255', '10.77.0.9', '192.168.9.255', 'fd52::1'];
  assert.deepEqual(
    guests.filter((address) => isGuestAddress(address, usual)),
    ['10.77.255.2', '10.77.251.0', '10.99.255.2', '192.168.40.251'].filter((address) => address.startsWith('10.')),
  );
  assert.deepEqual([isGuestAddress('192.168.40.251', small), isGuestAddress('192.168.40.250', small)], [true, false]);
});

const laptops: [subnet: string, number: number, address: string][] = [
  ['10.77.0.0/16', 0, '10.77.255.2/16'],
  ['10.77.0.0/16', 3, '10.80.255.2/16'],
  ['192.168.0.0/24', 0, '192.168.0.252/24'],
  ['192.168.0.0/24', 7, '192.168.7.252/24'],
  ['172.16.0.0/20', 0, '172.16.15.177/20'],
  ['10.0.0.0/8', 0, '10.255.255.2/8'],
];
for (const [subnet, number, address] of laptops) {
  test(`a laptop on network ${number} of ${subnet} takes ${address}`, () =>
    assert.equal(guestAddress(planSegment('eno1', number, NetworkSettings.parse({ subnet }))), address));
}

test('of every size a laptop has a place in the network, behind the pool, and not its last address', () => {
  for (let length = 8; length <= 29; length += 1) {
    const settings = NetworkSettings.parse({ subnet: `10.0.0.0/${length}` });
    const segment = planSegment('eno1', 0, settings);
    const [guest = '', prefix] = guestAddress(segment)?.split('/') ?? [];
    assert.equal(prefix, String(length));
    assert.ok(isGuestAddress(guest, settings), guest);
    assert.equal(networkAddress({ address: guest, prefixLength: length }), '10.0.0.0');
    assert.notEqual(ipv4Number(guest), ipv4Number('10.0.0.0') + 2 ** (32 - length) - 1);
  }
  assert.equal(guestAddress(proxySegment('eno1', '192.168.9.250/24')), undefined, 'another server gives it one');
});

test('README names the address of a network that nobody has set', () =>
  assert.ok(
    readFileSync(new URL('../../README.md', import.meta.url), 'utf8').includes(`give your laptop ${guestAddress(planSegment('', 0))})`),
  ));
