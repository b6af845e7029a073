import assert from 'node:assert/strict';
import { test } from 'node:test';
import { internetChecksum } from '../../../../src/master/guard/packets/checksum.ts';
import { decodeDhcp } from '../../../../src/master/guard/packets/dhcp-packet.ts';
import { decodeFrame } from '../../../../src/master/guard/packets/frame.ts';
import { buildProbes, PROBE_KINDS, PROBE_LINK_LOCAL, PROBE_MAC, probeMarkOf } from '../../../../src/master/guard/packets/probes.ts';
import { buildIpv6Probes } from '../../../../src/master/guard/packets/probes-ipv6.ts';

const PROBE_ID = 2 ** 30 - 5;
const PROBES = buildProbes(PROBE_ID);

function messageOf(bytes: Uint8Array | undefined) {
  const payload = bytes === undefined ? undefined : decodeFrame(bytes)?.payload;
  assert.ok(payload?.kind === 'ipv4' && payload.udp !== undefined);
  const message = decodeDhcp(payload.udp.payload);
  assert.ok(message);
  return { payload, message };
}

test('probes of one length from one locally administered address', () => {
  assert.equal(PROBES.length, 5);
  assert.equal(new Set(PROBES.map(({ length }) => length)).size, 1);
  assert.equal(Number.parseInt(PROBE_MAC.slice(0, 2), 16) & 3, 2);
});

for (const [at, kind] of PROBE_KINDS.entries()) {
  test(`${kind}: broadcast from no address, answers by broadcast, recognised as ours`, () => {
    const bytes = PROBES[at];
    assert.ok(bytes);
    const frame = decodeFrame(bytes);
    assert.ok(frame);
    const { payload, message } = messageOf(bytes);
    assert.equal(frame.destination, 'ff:ff:ff:ff:ff:ff');
    assert.deepEqual([payload.source, payload.destination], ['0.0.0.0', '255.255.255.255']);
    assert.deepEqual([payload.udp?.sourcePort, payload.udp?.destinationPort], [68, 67]);
    assert.deepEqual([message.op, message.broadcast, message.clientMac], ['request', true, PROBE_MAC]);
    assert.deepEqual(probeMarkOf(frame), { probeId: PROBE_ID, kind });
  });

  test(`${kind}: checksums of IPv4 and UDP hold`, () => {
    const bytes = PROBES[at] ?? new Uint8Array();
    assert.equal(internetChecksum(bytes.subarray(14, 34)), 0);
    const udp = bytes.subarray(34);
    const pseudo = Uint8Array.of(...bytes.subarray(26, 34), 0, 17, udp.length >> 8, udp.length & 0xff);
    assert.equal(internetChecksum(pseudo, udp), 0);
  });
}

test('what each of them asks', () => {
  const [discover, pxe, request] = PROBES.slice(0, 3).map((bytes) => messageOf(bytes).message.options);
  assert.ok(discover && pxe && request);
  assert.deepEqual([discover.get(53)?.[0], pxe.get(53)?.[0], request.get(53)?.[0]], [1, 1, 3]);
  assert.equal(discover.has(60), false);
  assert.match(Buffer.from(pxe.get(60) ?? []).toString(), /^PXEClient:Arch:/);
  assert.deepEqual([pxe.get(93)?.length, pxe.get(94)?.length, pxe.get(97)?.length], [2, 3, 17]);
  for (const options of [discover, pxe, request]) {
    // netmask, router, DNS, vendor's own, lease, server, vendor class, boot server and boot file (RFC 2132 9.8), in one frame of Ethernet (9.10)
    assert.deepEqual([...(options.get(55) ?? [])], [1, 3, 6, 43, 51, 54, 60, 66, 67]);
    assert.deepEqual([...(options.get(57) ?? [])], [0x05, 0xc0]);
  }
  // INIT-REBOOT: an address, and no server (RFC 2131 4.3.2)
  assert.deepEqual([...(request.get(50) ?? [])], [192, 0, 2, 77]);
  assert.equal(request.has(54), false);
});

test('over IPv6: a router solicitation from nobody, and a DHCPv6 SOLICIT from the link-local address', () => {
  const [router, dhcp6] = PROBES.slice(3).map((bytes) => decodeFrame(bytes));
  assert.ok(router?.payload.kind === 'ipv6' && dhcp6?.payload.kind === 'ipv6');
  assert.deepEqual([router.destination, router.payload.source, router.payload.icmpType], ['33:33:00:00:00:02', '::', 133]);
  assert.deepEqual([dhcp6.destination, dhcp6.payload.source], ['33:33:00:01:00:02', PROBE_LINK_LOCAL]);
  assert.equal(PROBE_LINK_LOCAL, 'fe80::52:45ff:fe43:4f4e');
  assert.deepEqual([dhcp6.payload.udp?.destinationPort, dhcp6.payload.udp?.payload[0]], [547, 1]);
  assert.deepEqual(PROBES.slice(3).map(ipv6Checksum), [0, 0]);
});

test('a checksum of zero is sent as all ones over IPv6 too (RFC 8200 8.1)', () => {
  // the hardware address whose DHCPv6 SOLICIT comes to zero
  const dhcp6 = Buffer.from(buildIpv6Probes('52:54:00:00:8b:72', 200)[1] ?? assert.fail());
  assert.equal(dhcp6.readUInt16BE(60), 0xffff);
});

test('on a network of somebody else: who has our address, and nothing over IPv6', () => {
  const beside = buildProbes(PROBE_ID, '192.168.9.250');
  assert.equal(new Set(beside.map(({ length }) => length)).size, 1);
  assert.deepEqual(decodeFrame(beside[3] ?? new Uint8Array())?.payload, {
    kind: 'arp',
    senderMac: PROBE_MAC,
    senderAddress: '0.0.0.0',
    targetAddress: '192.168.9.250',
  });
  assert.equal(beside.length, 4);
});

/** Zero when the checksum of the ICMPv6 message or UDP datagram holds (RFC 8200 8.1). */
function ipv6Checksum(frame: Uint8Array): number {
  const payload = frame.subarray(54, 54 + (frame[19] ?? 0));
  return internetChecksum(frame.subarray(22, 54), Uint8Array.of(0, 0, 0, payload.length, 0, 0, 0, frame[20] ?? 0), payload);
}

test('the checksum of the example in RFC 1071', () => {
  assert.equal(internetChecksum(Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7)), ~0xddf2 & 0xffff);
});
