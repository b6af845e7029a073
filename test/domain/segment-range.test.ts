import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NetworkSettings } from '../../src/domain/network-settings.ts';
import { isGuestAddress, segmentRange } from '../../src/domain/segment-range.ts';

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
