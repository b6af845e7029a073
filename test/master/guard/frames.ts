import { ipv4Bytes } from '../../../src/domain/ip-address.ts';
import { macBytes } from '../../../src/domain/values/mac.ts';
import { encodeDhcp } from '../../../src/master/guard/packets/dhcp-packet.ts';
import { encodeUdpFrame, type UdpFrame } from '../../../src/master/guard/packets/udp-frame.ts';

/** Builders of raw frames for the tests. */
export const OTHER_MAC = '52:54:00:aa:bb:cc';
export const OWN_MAC = '52:54:00:00:00:01';
const BROADCAST = 'ff:ff:ff:ff:ff:ff';

export function ethernet(etherType: number, payload: Uint8Array, source = OTHER_MAC, destination = BROADCAST): Uint8Array {
  const frame = Buffer.concat([macBytes(destination), macBytes(source), Buffer.alloc(2), payload, Buffer.alloc(60)]);
  frame.writeUInt16BE(etherType, 12);
  return frame;
}

export function tagged(frame: Uint8Array, vlanId: number, tagType = 0x8100): Uint8Array {
  const tag = Buffer.alloc(4);
  tag.writeUInt16BE(tagType, 0);
  tag.writeUInt16BE(0xe000 | vlanId, 2);
  return Buffer.concat([frame.subarray(0, 12), tag, frame.subarray(12)]);
}

export function arp(senderAddress: string, targetAddress: string, source = OTHER_MAC): Uint8Array {
  const fixed = Uint8Array.of(0, 1, 8, 0, 6, 4, 0, 1);
  return ethernet(
    0x0806,
    Buffer.concat([fixed, macBytes(source), ipv4Bytes(senderAddress), Buffer.alloc(6), ipv4Bytes(targetAddress)]),
    source,
  );
}

export function udp4(options: Partial<UdpFrame>): Uint8Array {
  return encodeUdpFrame({
    sourceMac: OTHER_MAC,
    destinationMac: BROADCAST,
    sourceAddress: '0.0.0.0',
    destinationAddress: '255.255.255.255',
    sourcePort: 1000,
    destinationPort: 2000,
    payload: new Uint8Array(20),
    ...options,
  });
}

export interface DhcpReplyParts {
  identifier?: string;
  siaddr?: string;
  offered?: string;
  vendorClass?: string;
  bootFile?: string;
}

export function dhcp(op: 'request' | 'reply', frame: Partial<UdpFrame>, server?: DhcpReplyParts): Uint8Array {
  const payload = encodeDhcp({
    op,
    transactionId: 1,
    seconds: 0,
    broadcast: true,
    clientAddress: '0.0.0.0',
    yourAddress: server?.offered ?? '0.0.0.0',
    serverAddress: server?.siaddr ?? '0.0.0.0',
    relayAddress: '0.0.0.0',
    clientMac: frame.sourceMac ?? OTHER_MAC,
    options: new Map([
      [53, Uint8Array.of(op === 'request' ? 1 : 2)],
      ...(server?.identifier === undefined ? [] : [[54, ipv4Bytes(server.identifier)] as const]),
      ...(server?.vendorClass === undefined ? [] : [[60, Buffer.from(server.vendorClass)] as const]),
      ...(server?.bootFile === undefined ? [] : [[67, Buffer.from(server.bootFile)] as const]),
    ]),
  });
  const ports = op === 'request' ? { sourcePort: 68, destinationPort: 67 } : { sourcePort: 67, destinationPort: 68 };
  return udp4({ ...ports, ...frame, payload });
}

/** An IPv6 packet; `source` in hexadecimal, `extension`: with a hop-by-hop header in front, as multicast listener reports have. */
export function ipv6(source: string, nextHeader: number, payload: Uint8Array, extension = false): Uint8Array {
  const header = Buffer.alloc(40);
  header[0] = 0x60;
  header[6] = extension ? 0 : nextHeader;
  header[7] = 255;
  header.set(Buffer.from(source, 'hex'), 8);
  header.set(Buffer.from('ff020000000000000000000000000001', 'hex'), 24);
  const hopByHop = extension ? Uint8Array.of(nextHeader, 0, 5, 2, 0, 0, 1, 0) : new Uint8Array();
  return ethernet(0x86dd, Buffer.concat([header, hopByHop, payload]), OTHER_MAC, '33:33:00:00:00:01');
}

export function udp(sourcePort: number, destinationPort: number, payload: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16BE(sourcePort, 0);
  bytes.writeUInt16BE(destinationPort, 2);
  bytes.writeUInt16BE(8 + payload.length, 4);
  return Buffer.concat([bytes, payload]);
}
