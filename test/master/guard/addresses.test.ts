import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatIpv4, formatIpv6, formatMac, ipv4Bytes, ipv6Bytes, macBytes } from '../../../src/master/guard/addresses.ts';

test('MAC and IPv4 addresses survive the way there and back', () => {
  assert.equal(formatMac(macBytes('02:52:45:43:4f:4e')), '02:52:45:43:4f:4e');
  assert.equal(formatIpv4(ipv4Bytes('192.0.2.77')), '192.0.2.77');
});

for (const bad of ['', '1.2.3', '1.2.3.4.5', '1.2.3.256', '1.2.3.x', '1.2..4']) {
  test(`"${bad}" is no IPv4 address`, () => assert.throws(() => ipv4Bytes(bad), RangeError));
}

const IPV6 = [
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000000000001', '::1'],
  ['fe80000000000000021122fffe334455', 'fe80::211:22ff:fe33:4455'],
  ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
  ['20010db8000100010001000100010001', '2001:db8:1:1:1:1:1:1'],
  ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
  ['ff020000000000000000000000000000', 'ff02::'],
] as const;

for (const [hex, text] of IPV6) {
  test(`IPv6 ${text}`, () => assert.equal(formatIpv6(Buffer.from(hex, 'hex')), text));
}

test('IPv6 addresses as bytes, there and back', () => {
  for (const text of ['::', '::1', 'fe80::1', 'fd52:4543:4f4e:1::1:ffff', '1:2:3:4:5:6:7:8', 'ff02::1:2'])
    assert.equal(formatIpv6(ipv6Bytes(text)), text);
  for (const text of ['', ':', '1:2', '1::2::3', '1:2:3:4:5:6:7:8::', 'fe80::g', '10.0.0.1', '12345::'])
    assert.throws(() => ipv6Bytes(text), RangeError, text);
});
