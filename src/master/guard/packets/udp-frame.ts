import { ipv4Bytes } from '../../../domain/ip-address.ts';
import { type MacAddress, macBytes } from '../../../domain/values/mac.ts';
import { internetChecksum } from './checksum.ts';

export interface UdpFrame {
  sourceMac: MacAddress;
  destinationMac: MacAddress;
  sourceAddress: string;
  destinationAddress: string;
  sourcePort: number;
  destinationPort: number;
  payload: Uint8Array;
}

export const ETHERNET_HEADER_BYTES = 14;
const IPV4_HEADER_BYTES = 20;
const UDP_HEADER_BYTES = 8;
/** Bytes in front of the payload of a UDP datagram on Ethernet. */
export const UDP_FRAME_OVERHEAD_BYTES = ETHERNET_HEADER_BYTES + IPV4_HEADER_BYTES + UDP_HEADER_BYTES;

/** A UDP datagram in IPv4 in an untagged Ethernet frame, with checksums (RFC 768, RFC 791). */
export function encodeUdpFrame(frame: UdpFrame): Uint8Array {
  const bytes = new Uint8Array(UDP_FRAME_OVERHEAD_BYTES + frame.payload.length);
  const view = new DataView(bytes.buffer);
  bytes.set(macBytes(frame.destinationMac));
  bytes.set(macBytes(frame.sourceMac), 6);
  view.setUint16(12, 0x0800);

  const ip = bytes.subarray(ETHERNET_HEADER_BYTES, ETHERNET_HEADER_BYTES + IPV4_HEADER_BYTES);
  ip.set([0x45]);
  view.setUint16(ETHERNET_HEADER_BYTES + 2, bytes.length - ETHERNET_HEADER_BYTES);
  ip.set([64, 17], 8);
  ip.set(ipv4Bytes(frame.sourceAddress), 12);
  ip.set(ipv4Bytes(frame.destinationAddress), 16);
  view.setUint16(ETHERNET_HEADER_BYTES + 10, internetChecksum(ip));

  const udpAt = ETHERNET_HEADER_BYTES + IPV4_HEADER_BYTES;
  const udpLength = UDP_HEADER_BYTES + frame.payload.length;
  view.setUint16(udpAt, frame.sourcePort);
  view.setUint16(udpAt + 2, frame.destinationPort);
  view.setUint16(udpAt + 4, udpLength);
  bytes.set(frame.payload, UDP_FRAME_OVERHEAD_BYTES);
  const pseudoHeader = Uint8Array.of(...ip.subarray(12), 0, 17, udpLength >> 8, udpLength & 0xff);
  // A checksum of zero is sent as all ones, because zero says "none".
  view.setUint16(udpAt + 6, internetChecksum(pseudoHeader, bytes.subarray(udpAt)) || 0xffff);
  return bytes;
}
