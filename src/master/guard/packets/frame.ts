import { addressFromBytes } from '../../../domain/ip-address.ts';
import { type MacAddress, macFromBytes } from '../../../domain/values/mac.ts';

export interface Udp {
  sourcePort: number;
  destinationPort: number;
  /** as much of it as the frame holds */
  payload: Uint8Array;
}

export type Payload =
  | { kind: 'arp'; senderMac: MacAddress; senderAddress: string; targetAddress: string }
  | { kind: 'ipv4'; source: string; destination: string; protocol: number; udp: Udp | undefined }
  | {
      kind: 'ipv6';
      source: string;
      destination: string;
      protocol: number;
      udp: Udp | undefined;
      icmpType: number | undefined;
      /** of a neighbour solicitation or advertisement: the address that is looked for, or had (RFC 4861 4.3 and 4.4) */
      icmpTarget: string | undefined;
    }
  | { kind: 'other' };

/** An Ethernet frame, read as far as the guard needs it. */
export interface Frame {
  source: MacAddress;
  destination: MacAddress;
  /** 802.1Q and 802.1ad tags from the outside in; the identifier 0 is a mere priority */
  vlanIds: number[];
  /** EtherType after the tags; below 1536 it is the length of an 802.3 frame */
  etherType: number;
  payload: Payload;
}

const TAGS = new Set([0x8100, 0x88a8, 0x9100]);
const UDP = 17;
const ICMPV6 = 58;
/** Neighbour solicitation and advertisement: both have a target at the same place. */
const WITH_TARGET = new Set([135, 136]);
/** Hop-by-hop, routing and destination options: headers with their length in the second byte (RFC 8200 4). */
const IPV6_EXTENSIONS = new Set([0, 43, 60]);

/** Reads a frame without its checksum; undefined when it is too short to be one. What is cut off inside becomes `other`. */
export function decodeFrame(bytes: Uint8Array): Frame | undefined {
  if (bytes.length < 14) return undefined;
  const vlanIds: number[] = [];
  let at = 12;
  let etherType = word(bytes, at);
  while (TAGS.has(etherType) && bytes.length >= at + 6) {
    vlanIds.push(word(bytes, at + 2) & 0x0fff);
    at += 4;
    etherType = word(bytes, at);
  }
  return {
    destination: macFromBytes(bytes.subarray(0, 6)),
    source: macFromBytes(bytes.subarray(6, 12)),
    vlanIds,
    etherType,
    payload: decodePayload(etherType, bytes.subarray(at + 2)),
  };
}

function decodePayload(etherType: number, bytes: Uint8Array): Payload {
  if (etherType === 0x0806) return decodeArp(bytes);
  if (etherType === 0x0800) return decodeIpv4(bytes);
  if (etherType === 0x86dd) return decodeIpv6(bytes);
  return { kind: 'other' };
}

/** RFC 826, for IPv4 over Ethernet only. */
function decodeArp(bytes: Uint8Array): Payload {
  if (bytes.length < 28 || word(bytes, 0) !== 1 || word(bytes, 2) !== 0x0800 || bytes[4] !== 6 || bytes[5] !== 4) return { kind: 'other' };
  return {
    kind: 'arp',
    senderMac: macFromBytes(bytes.subarray(8, 14)),
    senderAddress: addressFromBytes(bytes.subarray(14, 18)),
    targetAddress: addressFromBytes(bytes.subarray(24, 28)),
  };
}

function decodeIpv4(bytes: Uint8Array): Payload {
  const headerBytes = (byte(bytes, 0) & 0x0f) * 4;
  if (bytes.length < 20 || byte(bytes, 0) >> 4 !== 4 || headerBytes < 20) return { kind: 'other' };
  const isFirstFragment = (word(bytes, 6) & 0x1fff) === 0;
  const protocol = byte(bytes, 9);
  return {
    kind: 'ipv4',
    source: addressFromBytes(bytes.subarray(12, 16)),
    destination: addressFromBytes(bytes.subarray(16, 20)),
    protocol,
    udp: protocol === UDP && isFirstFragment ? decodeUdp(bytes.subarray(headerBytes, word(bytes, 2))) : undefined,
  };
}

function decodeIpv6(bytes: Uint8Array): Payload {
  if (bytes.length < 40 || byte(bytes, 0) >> 4 !== 6) return { kind: 'other' };
  let protocol = byte(bytes, 6);
  let at = 40;
  while (IPV6_EXTENSIONS.has(protocol) && bytes.length >= at + 8) {
    protocol = byte(bytes, at);
    at += 8 * (byte(bytes, at + 1) + 1);
  }
  return {
    kind: 'ipv6',
    source: addressFromBytes(bytes.subarray(8, 24)),
    destination: addressFromBytes(bytes.subarray(24, 40)),
    protocol,
    udp: protocol === UDP ? decodeUdp(bytes.subarray(at)) : undefined,
    icmpType: protocol === ICMPV6 ? bytes[at] : undefined,
    icmpTarget:
      protocol === ICMPV6 && WITH_TARGET.has(bytes[at] ?? 0) && bytes.length >= at + 24
        ? addressFromBytes(bytes.subarray(at + 8, at + 24))
        : undefined,
  };
}

function decodeUdp(bytes: Uint8Array): Udp | undefined {
  if (bytes.length < 8) return undefined;
  return { sourcePort: word(bytes, 0), destinationPort: word(bytes, 2), payload: bytes.subarray(8, Math.max(8, word(bytes, 4))) };
}

/** Of what is cut off, zero. */
function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function word(bytes: Uint8Array, at: number): number {
  return (byte(bytes, at) << 8) | byte(bytes, at + 1);
}
