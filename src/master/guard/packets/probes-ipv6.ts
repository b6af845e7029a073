import { addressFromBytes, ipv6Bytes } from '../../../domain/ip-address.ts';
import { macBytes } from '../../../domain/values/mac.ts';
import { internetChecksum } from './checksum.ts';

/**
 * Questions over IPv6: where a router or a DHCPv6 server is, it answers within seconds instead of saying nothing for minutes.
 * Both frames are padded to `lengthBytes`; what is behind an IPv6 packet in a frame is not part of it (RFC 8200 3, payload length).
 */
export function buildIpv6Probes(sourceMac: string, lengthBytes: number): Uint8Array[] {
  return [routerSolicitation(sourceMac), dhcp6Solicit(sourceMac)].map((frame) => {
    const padded = new Uint8Array(lengthBytes);
    padded.set(frame);
    return padded;
  });
}

/** The address that the DHCPv6 question comes from (RFC 4291 appendix A). A server that wants to answer looks for it first. */
export function linkLocalOf(mac: string): string {
  const own = macBytes(mac).map((byte, at) => (at === 0 ? byte ^ 2 : byte));
  return addressFromBytes(Uint8Array.of(0xfe, 0x80, 0, 0, 0, 0, 0, 0, ...own.subarray(0, 3), 0xff, 0xfe, ...own.subarray(3)));
}

const UDP = 17;
const ICMPV6 = 58;
/** 546 and 547 (RFC 8415 7.2), high byte first. */
const [CLIENT_PORT, SERVER_PORT] = [
  [2, 0x22],
  [2, 0x23],
] as const;

/** From the unspecified address, so that the router answers to everybody (RFC 4861 6.2.6). */
function routerSolicitation(sourceMac: string): Uint8Array {
  return packet({
    sourceMac,
    source: '::',
    destination: 'ff02::2',
    protocol: ICMPV6,
    checksumAt: 2,
    payload: Uint8Array.of(133, 0, 0, 0, 0, 0, 0, 0),
  });
}

/** Asks who has an address, without saying that we want it: duplicate address detection (RFC 4862 5.4.2). */
export function neighbourProbe(sourceMac: string, target: string, lengthBytes: number): Uint8Array {
  const bytes = ipv6Bytes(target);
  const frame = packet({
    sourceMac,
    source: '::',
    // the solicited-node address (RFC 4291 2.7.1)
    destination: addressFromBytes(Uint8Array.of(0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, ...bytes.subarray(13))),
    protocol: ICMPV6,
    checksumAt: 2,
    payload: Uint8Array.of(135, 0, 0, 0, 0, 0, 0, 0, ...bytes),
  });
  const padded = new Uint8Array(lengthBytes);
  padded.set(frame);
  return padded;
}

/** SOLICIT for one address (RFC 8415 16.2 and 21). */
function dhcp6Solicit(sourceMac: string): Uint8Array {
  const message = [
    ...[1, 0x52, 0x43, 0x4e],
    ...option(1, [0, 3, 0, 1, ...macBytes(sourceMac)]),
    ...option(8, [0, 0]),
    ...option(3, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
    ...option(6, [0, 23, 0, 59]),
  ];
  const lengthBytes = 8 + message.length;
  const payload = Uint8Array.of(...CLIENT_PORT, ...SERVER_PORT, 0, lengthBytes, 0, 0, ...message);
  return packet({ sourceMac, source: linkLocalOf(sourceMac), destination: 'ff02::1:2', protocol: UDP, checksumAt: 6, payload });
}

function option(code: number, value: readonly number[]): number[] {
  return [0, code, 0, value.length, ...value];
}

interface Packet {
  sourceMac: string;
  source: string;
  /** a multicast address, whose last 32 bits are in the hardware address (RFC 2464 7) */
  destination: string;
  protocol: number;
  checksumAt: number;
  payload: Uint8Array;
}

function packet({ sourceMac, source, destination, protocol, checksumAt, payload }: Packet): Uint8Array {
  const from = ipv6Bytes(source);
  const to = ipv6Bytes(destination);
  const pseudoHeader = Uint8Array.of(...from, ...to, 0, 0, 0, payload.length, 0, 0, 0, protocol);
  new DataView(payload.buffer).setUint16(checksumAt, internetChecksum(pseudoHeader, payload) || 0xffff);
  const ethernet = [0x33, 0x33, ...to.subarray(12), ...macBytes(sourceMac), 0x86, 0xdd];
  return Uint8Array.of(...ethernet, 0x60, 0, 0, 0, 0, payload.length, protocol, 255, ...from, ...to, ...payload);
}
