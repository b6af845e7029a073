import type { MacAddress } from '../../domain/values/mac.ts';

/** A frame by which somebody serves addresses or boot files. */
export interface ServedFrame {
  kind: 'DHCP answer' | 'DHCPv6 answer' | 'router advertisement' | 'TFTP data';
  from: MacAddress;
}

const ETHERTYPE = { ipv4: 0x0800, ipv6: 0x86dd, vlan: 0x8100 } as const;
const PROTOCOL = { udp: 17, icmpv6: 58 } as const;
const BOOTREPLY = 2;
const ROUTER_ADVERTISEMENT = 134;
const PORT = { dhcpServer: 67, dhcpv6Server: 547, tftp: 69 } as const;

/** Tells a server's frame from all others. RFC 2131 (DHCP), RFC 8415 (DHCPv6), RFC 4861 (router advertisements). */
export function parseServedFrame(frame: Uint8Array): ServedFrame | undefined {
  if (frame.length < 14) return undefined;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const tagBytes = view.getUint16(12) === ETHERTYPE.vlan && frame.length >= 18 ? 4 : 0;
  const packet = frame.subarray(14 + tagBytes);
  const etherType = view.getUint16(12 + tagBytes);
  const kind = etherType === ETHERTYPE.ipv4 ? kindOfIpv4(packet) : etherType === ETHERTYPE.ipv6 ? kindOfIpv6(packet) : undefined;
  return kind === undefined ? undefined : { kind, from: macAt(frame, 6) };
}

function kindOfIpv4(packet: Uint8Array): ServedFrame['kind'] | undefined {
  const headerBytes = ((packet[0] ?? 0) & 0x0f) * 4;
  if (packet[9] !== PROTOCOL.udp || packet.length < headerBytes + 9) return undefined;
  const view = new DataView(packet.buffer, packet.byteOffset + headerBytes, packet.byteLength - headerBytes);
  if (view.getUint16(0) === PORT.dhcpServer && view.getUint8(8) === BOOTREPLY) return 'DHCP answer';
  return view.getUint16(0) === PORT.tftp ? 'TFTP data' : undefined;
}

function kindOfIpv6(packet: Uint8Array): ServedFrame['kind'] | undefined {
  if (packet.length < 42) return undefined;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  if (packet[6] === PROTOCOL.udp && view.getUint16(40) === PORT.dhcpv6Server) return 'DHCPv6 answer';
  return packet[6] === PROTOCOL.icmpv6 && packet[40] === ROUTER_ADVERTISEMENT ? 'router advertisement' : undefined;
}

function macAt(frame: Uint8Array, offset: number): MacAddress {
  return [...frame.subarray(offset, offset + 6)].map((octet) => octet.toString(16).padStart(2, '0')).join(':');
}
