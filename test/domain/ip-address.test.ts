import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addressFromBytes,
  ipv4Bytes,
  ipv4FromNumber,
  ipv4Number,
  ipv6Bytes,
  isIpAddress,
  isIpv4,
  isLoopback,
  isMachineAddress,
  netmask,
  networkAddress,
  parseInterfaceAddress,
  parseSubnet,
  plainAddress,
  subnetOf,
  subnetSet,
} from '../../src/domain/ip-address.ts';

const MALFORMED = { code: 'address-malformed' };

/** What the library reads, in its own way, and what is cut off or too long. */
const NOT_IPV4 = [
  ...['', '1.2.3', '1.2.3.4.5', '1.2.3.256', '1.2.3.x', '1.2..4', '1.2.3.4 ', '1.2.3.4.', '-1.2.3.4', '1.2.3.1e1', '１.2.3.4'],
  ...['010.0.0.1', '10.0.0.01', '00.0.0.0', '0x7f.0.0.1', '0x7f000001', '127.1', '10.0.1', '16909060', '1.2.3.0x4'],
];
const NOT_IPV6 = [
  ...['', ':', ':::', '1:2', '1::2::3', '1:2:3:4:5:6:7:8::', '1:2:3:4:5:6:7:8:9', 'fe80::g', '10.0.0.1', '12345::', '::1 '],
  ...['fe80::1%eth0', '::ffff:010.0.0.1', '::ffff:1.2.3', '::ffff:0x7f.0.0.1', '::ffff:1.2.3.256', '[::1]'],
];
const IPV6 = ['::', '::1', 'fe80::1', 'fd52:4543:4f4e:1::1:ffff', '1:2:3:4:5:6:7:8', 'ff02::1:2', '::ffff:192.0.2.1'];

for (const bad of NOT_IPV4) {
  test(`"${bad}" is no IPv4 address`, () => {
    assert.equal(isIpv4(bad), false);
    assert.throws(() => ipv4Bytes(bad), MALFORMED);
    assert.equal(parseInterfaceAddress(`${bad}/24`), undefined);
    assert.equal(subnetSet(['0.0.0.0/0']).contains(bad), false);
  });
}

for (const bad of NOT_IPV6) {
  test(`"${bad}" is no IPv6 address`, () => {
    assert.throws(() => ipv6Bytes(bad), MALFORMED);
    assert.equal(subnetSet(['::/0']).contains(bad), false);
  });
}

test('an address is one of the two kinds', () => {
  for (const text of ['0.0.0.0', '10.77.0.1', '255.255.255.255', ...IPV6]) assert.equal(isIpAddress(text), true, text);
  for (const text of ['eno1', '10.77.0', 'fe80::1%eth0']) assert.equal(isIpAddress(text), false, text);
});

const BYTES = [
  ['c000024d', '192.0.2.77'],
  ['00000000', '0.0.0.0'],
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000000000001', '::1'],
  ['fe80000000000000021122fffe334455', 'fe80::211:22ff:fe33:4455'],
  ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
  ['20010db8000100010001000100010001', '2001:db8:1:1:1:1:1:1'],
  ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
  ['20010db8000000000001000000000000', '2001:db8:0:0:1::'],
  ['20010db8000000010000000000010001', '2001:db8:0:1::1:1'],
  ['ff020000000000000000000000000000', 'ff02::'],
] as const;

for (const [hex, text] of BYTES) {
  test(`${text} from its bytes, and back`, () => {
    assert.equal(addressFromBytes(Buffer.from(hex, 'hex')), text);
    assert.equal(Buffer.from(hex.length === 8 ? ipv4Bytes(text) : ipv6Bytes(text)).toString('hex'), hex);
  });
}

test('a MAC address is no IP address', () => {
  assert.throws(() => addressFromBytes(new Uint8Array(6)), MALFORMED);
});

test('addresses as numbers, over the sign bit too', () => {
  for (const text of ['0.0.0.0', '10.77.0.1', '127.255.255.255', '128.0.0.0', '255.255.255.255'])
    assert.equal(ipv4FromNumber(ipv4Number(text)), text);
  assert.equal(ipv4Number('10.77.0.1'), 0x0a4d0001);
  assert.throws(() => ipv4Number('10.77.1'), MALFORMED);
});

test('what a socket of both families says of IPv4', () => {
  assert.equal(plainAddress('::ffff:10.77.1.2'), '10.77.1.2');
  for (const text of ['10.77.1.2', 'fe80::1', '::ffff:a4d:1', '::ffff:010.1.1.1', '']) assert.equal(plainAddress(text), text);
});

test('loopback', () => {
  for (const text of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']) assert.equal(isLoopback(text), true, text);
  for (const text of ['10.127.0.1', '128.0.0.1', '::2', 'localhost', '127.1', '']) assert.equal(isLoopback(text), false, text);
});

test('addresses of machines', () => {
  for (const text of ['1.0.0.0', '10.0.0.1', '192.0.2.5', '126.255.255.255', '223.255.255.255'])
    assert.equal(isMachineAddress(text), true, text);
  for (const text of ['0.1.2.3', '127.0.0.1', '224.0.0.1', '255.255.255.255', '::1', '']) assert.equal(isMachineAddress(text), false, text);
});

test('interface addresses, and the subnet that they lie in', () => {
  const found = parseInterfaceAddress('192.168.9.250/24');
  assert.deepEqual(found, { address: '192.168.9.250', prefixLength: 24 });
  assert.deepEqual([subnetOf(found), networkAddress(found)], ['192.168.9.0/24', '192.168.9.0']);
  assert.equal(subnetOf({ address: '200.1.2.3', prefixLength: 0 }), '0.0.0.0/0');
  for (const bad of ['192.168.9.250', '192.168.9.250/33', '192.168.9.250/', '192.168.9.250/024', '192.168.9.250/2/4', 'fd00::1/64'])
    assert.equal(parseInterfaceAddress(bad), undefined, bad);
});

test('a subnet has no bits behind its prefix', () => {
  assert.deepEqual(parseSubnet('10.77.0.0/16'), { first: 0x0a4d0000, prefixLength: 16, size: 65_536 });
  assert.deepEqual(parseSubnet('255.255.255.255/32'), { first: 0xffffffff, prefixLength: 32, size: 1 });
  for (const bad of ['10.77.1.0/16', '10.77.0.0', 'fd00::/8']) assert.equal(parseSubnet(bad), undefined, bad);
});

test('netmasks', () => {
  assert.deepEqual([0, 1, 16, 26, 32].map(netmask), ['0.0.0.0', '128.0.0.0', '255.255.0.0', '255.255.255.192', '255.255.255.255']);
});

test('addresses inside and outside of a set of subnets', () => {
  const set = subnetSet(['10.77.0.0/16', 'fd77::/64']);
  const inside = ['10.77.0.0', '10.77.255.255', '10.78.0.0', '10.76.255.255', 'fd77::1', 'fd77:0:0:1::1', 'not an address'].filter(
    set.contains,
  );
  assert.deepEqual(inside, ['10.77.0.0', '10.77.255.255', 'fd77::1']);
  assert.equal(subnetSet([]).contains('10.77.0.1'), false);
});

for (const bad of ['10.77.0.0', '10.77.0.0/33', '10.77.0/16', '10.77.0.0/', 'fd77::/129', 'eno1/16', '10.77.0.0/16/8', '010.77.0.0/16']) {
  test(`"${bad}" is no subnet`, () => assert.throws(() => subnetSet([bad]), MALFORMED));
}
