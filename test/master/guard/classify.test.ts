import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ipv6Bytes, subnetSet } from '../../../src/domain/ip-address.ts';
import { classify, type Evidence, noteOf } from '../../../src/master/guard/classify.ts';
import { decodeFrame } from '../../../src/master/guard/packets/frame.ts';
import { buildProbes, PROBE_LINK_LOCAL, PROBE_MAC } from '../../../src/master/guard/packets/probes.ts';
import { arp, dhcp, ethernet, ipv6, OTHER_MAC, OWN_MAC, tagged, udp, udp4 } from './frames.ts';

const SURROUNDINGS = { ownMacs: new Set([OWN_MAC]), ownSubnets: subnetSet(['10.77.0.0/16', 'fd77::/64']), ownAddress: '192.168.9.250' };
const LINK_LOCAL = 'fe80000000000000021122fffe334455';
const GLOBAL = '20010db8000000000000000000000005';
const server = (address: string | undefined): Evidence => ({ code: 'foreign-dhcp-server', mac: OTHER_MAC, address });
const server6 = (address: string): Evidence => ({ code: 'foreign-dhcp6-server', mac: OTHER_MAC, address });
const pxe = (address: string | undefined): Evidence => ({ code: 'foreign-pxe-server', mac: OTHER_MAC, address });
const traffic = (address: string): Evidence => ({ code: 'foreign-traffic', mac: OTHER_MAC, address });
const tag = (vlanId: number): Evidence => ({ code: 'tagged-frames', mac: OTHER_MAC, vlanId });

const CASES: [name: string, frame: Uint8Array, expected: Evidence | undefined][] = [
  ['OFFER with a server identifier', dhcp('reply', { sourceAddress: '192.168.1.2' }, { identifier: '192.168.1.1' }), server('192.168.1.1')],
  ['OFFER without one: the sender', dhcp('reply', { sourceAddress: '192.168.1.2' }), server('192.168.1.2')],
  ['BOOTP reply that names itself only in siaddr', dhcp('reply', {}, { siaddr: '192.168.1.3' }), server('192.168.1.3')],
  ['reply that names nobody', dhcp('reply', {}), server(undefined)],
  ['reply from our own subnet, but not from us', dhcp('reply', { sourceAddress: '10.77.0.9' }), server('10.77.0.9')],
  [
    'reply by unicast to a machine',
    dhcp('reply', { destinationMac: '52:54:00:00:00:09', sourceAddress: '192.168.1.1' }),
    server('192.168.1.1'),
  ],
  ['reply of a PXE boot server', dhcp('reply', { sourcePort: 4011, destinationPort: 68, sourceAddress: '10.0.0.5' }), pxe('10.0.0.5')],
  ['ProxyDHCP offer', dhcp('reply', { sourceAddress: '10.0.0.5' }, { vendorClass: 'PXEClient' }), pxe('10.0.0.5')],
  ['reply with a boot file and no address', dhcp('reply', { sourceAddress: '10.0.0.5' }, { bootFile: 'a.efi' }), pxe('10.0.0.5')],
  [
    'OFFER of an address',
    dhcp('reply', {}, { identifier: '192.168.1.1', offered: '192.168.1.5' }),
    { ...server('192.168.1.1'), offered: '192.168.1.5' } as Evidence,
  ],
  [
    'OFFER of an address with a boot file',
    dhcp('reply', {}, { identifier: '192.168.1.1', offered: '192.168.1.5', bootFile: 'a.efi' }),
    { ...server('192.168.1.1'), offered: '192.168.1.5', boots: true } as Evidence,
  ],
  [
    'OFFER of an address with our boot file',
    dhcp('reply', {}, { identifier: '192.168.9.1', siaddr: '192.168.9.250', offered: '192.168.9.5', bootFile: 'snponly.efi' }),
    { ...server('192.168.9.1'), offered: '192.168.9.5' } as Evidence,
  ],
  ['reply to a relay', dhcp('reply', { sourcePort: 67, destinationPort: 67, sourceAddress: '10.0.0.5' }), server('10.0.0.5')],
  ['reply in a tagged frame', tagged(dhcp('reply', { sourceAddress: '192.168.1.1' }), 5), server('192.168.1.1')],
  ['our own reply', dhcp('reply', { sourceMac: OWN_MAC, sourceAddress: '10.77.0.1' }), undefined],
  ['DISCOVER of a machine', dhcp('request', {}), undefined],
  ['REQUEST of a machine that has an address of ours', dhcp('request', { sourceAddress: '10.77.1.5' }), undefined],
  ['relayed request', dhcp('request', { sourceAddress: '192.168.1.254' }), traffic('192.168.1.254')],
  ...buildProbes(7).map((frame, at): [string, Uint8Array, undefined] => [`own probe ${at}`, frame, undefined]),
  ['DHCPv6 advertise', ipv6(LINK_LOCAL, 17, udp(547, 546, Uint8Array.of(2))), server6('fe80::211:22ff:fe33:4455')],
  ['DHCPv6 reply', ipv6(LINK_LOCAL, 17, udp(547, 546, Uint8Array.of(7))), server6('fe80::211:22ff:fe33:4455')],
  ['DHCPv6 solicit of a machine', ipv6(LINK_LOCAL, 17, udp(546, 547, Uint8Array.of(1))), undefined],
  [
    'router advertisement',
    ipv6(LINK_LOCAL, 58, Uint8Array.of(134, 0, 0, 0)),
    { code: 'router-advertisement', mac: OTHER_MAC, address: 'fe80::211:22ff:fe33:4455' },
  ],
  [
    'neighbour solicitation for the address that our DHCPv6 question came from',
    solicitation(PROBE_LINK_LOCAL),
    server6('fe80::211:22ff:fe33:4455'),
  ],
  ['neighbour solicitation for another address', solicitation('fe80::1'), undefined],
  [
    'somebody with the address that was given to us',
    arp('192.168.9.250', '192.168.9.1'),
    { code: 'address-taken', mac: OTHER_MAC, address: '192.168.9.250' },
  ],
  ['router solicitation', ipv6(LINK_LOCAL, 58, Uint8Array.of(133, 0, 0, 0)), undefined],
  ['neighbour solicitation while an address is tried out', ipv6('0'.repeat(32), 58, Uint8Array.of(135, 0, 0, 0)), undefined],
  ['neighbour advertisement, link-local', ipv6(LINK_LOCAL, 58, Uint8Array.of(136, 0, 0, 0)), undefined],
  ['multicast listener report', ipv6(LINK_LOCAL, 58, Uint8Array.of(143, 0, 0, 0), true), undefined],
  ['mDNS, link-local', ipv6(LINK_LOCAL, 17, udp(5353, 5353, new Uint8Array(12))), undefined],
  ['IPv6 from a global address', ipv6(GLOBAL, 58, Uint8Array.of(135, 0, 0, 0)), traffic('2001:db8::5')],
  ['IPv6 from a subnet of ours', ipv6('fd770000000000000000000000000005', 6, new Uint8Array(20)), undefined],
  ['ARP of a foreign host', arp('192.168.1.7', '192.168.1.1'), traffic('192.168.1.7')],
  ['ARP probe', arp('0.0.0.0', '192.168.1.7'), undefined],
  ['ARP, link-local', arp('169.254.3.4', '169.254.9.9'), undefined],
  ['ARP from our subnet', arp('10.77.1.5', '10.77.0.1'), undefined],
  ['ARP from the subnet next to ours', arp('10.78.1.5', '10.78.0.1'), traffic('10.78.1.5')],
  ['our own ARP', arp('192.168.1.7', '192.168.1.1', OWN_MAC), undefined],
  ['IPv4 of a foreign host', udp4({ sourceAddress: '172.16.0.9' }), traffic('172.16.0.9')],
  ['IPv4 from our subnet', udp4({ sourceAddress: '10.77.200.1' }), undefined],
  ['IPv4, link-local', udp4({ sourceAddress: '169.254.1.1' }), undefined],
  ['IPv4 without an address', udp4({}), undefined],
  ['802.1Q tag', tagged(arp('0.0.0.0', '10.77.0.1'), 42), tag(42)],
  ['802.1ad tag around 802.1Q', tagged(tagged(ethernet(0x1234, new Uint8Array(4)), 7), 100, 0x88a8), tag(100)],
  ['priority tag alone', tagged(udp4({}), 0), undefined],
  ['priority tag on foreign traffic', tagged(udp4({ sourceAddress: '172.16.0.9' }), 0), traffic('172.16.0.9')],
  ['own frame with a tag', tagged(arp('10.77.0.1', '10.77.0.9', OWN_MAC), 42), undefined],
  ['LLDP', ethernet(0x88cc, new Uint8Array(10), OTHER_MAC, '01:80:c2:00:00:0e'), undefined],
  ['spanning tree', ethernet(38, Uint8Array.of(0x42, 0x42, 3), OTHER_MAC, '01:80:c2:00:00:00'), undefined],
  ['unknown protocol', ethernet(0x88b5, new Uint8Array(10)), undefined],
];

for (const [name, bytes, expected] of CASES) {
  test(name, () => {
    const frame = decodeFrame(bytes);
    assert.ok(frame);
    assert.deepEqual(classify(frame, SURROUNDINGS), expected);
  });
}

function solicitation(target: string): Uint8Array {
  return ipv6(LINK_LOCAL, 58, Uint8Array.of(135, 0, 0, 0, 0, 0, 0, 0, ...ipv6Bytes(target)));
}

test('frames cut off at any length prove nothing new and never throw', () => {
  for (const [name, bytes, expected] of CASES) {
    for (let length = 0; length < bytes.length; length++) {
      const frame = decodeFrame(bytes.subarray(0, length));
      const evidence = frame === undefined ? undefined : classify(frame, SURROUNDINGS);
      if (expected === undefined) assert.equal(evidence, undefined, `${name} cut to ${length} bytes`);
    }
  }
});

test('a later fragment is not read as UDP', () => {
  const bytes = dhcp('reply', { sourceAddress: '169.254.1.1' });
  assert.equal(decodeFrame(bytes)?.payload.kind, 'ipv4');
  bytes[21] = 9;
  const frame = decodeFrame(bytes);
  assert.ok(frame?.payload.kind === 'ipv4');
  assert.equal(frame.payload.udp, undefined);
});

test('switches are noted', () => {
  const note = (etherType: number, destination: string) => {
    const frame = decodeFrame(ethernet(etherType, new Uint8Array(10), PROBE_MAC, destination));
    return frame === undefined ? undefined : noteOf(frame);
  };
  assert.equal(note(0x88cc, '01:80:c2:00:00:0e'), 'lldp');
  assert.equal(note(38, '01:80:c2:00:00:00'), 'stp');
  assert.equal(note(50, '01:00:0c:cc:cc:cc'), 'cdp');
  assert.equal(note(0x0800, 'ff:ff:ff:ff:ff:ff'), undefined);
});
