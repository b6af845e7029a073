import { addressFromBytes, ipv4Bytes } from '../../domain/ip-address.ts';
import type { MacAddress } from '../../domain/values/mac.ts';

/** Option 53 (RFC 2132, section 9.6). */
const MESSAGE_TYPE = { discover: 1, request: 3, offer: 2, ack: 5, nak: 6 } as const;
const OPTION = { requestedAddress: 50, messageType: 53, serverId: 54, parameters: 55, vendorClass: 60, end: 255 } as const;
const MAGIC_COOKIE = 0x63825363;
const FIXED_BYTES = 236;

/** What a client sends. */
export interface DhcpQuestion {
  kind: 'discover' | 'request';
  mac: MacAddress;
  transaction: number;
  vendorClass?: string;
  /** of a request: the offer that it takes */
  requestedAddress?: string;
  serverAddress?: string;
}

/** What a server says. */
export interface DhcpAnswer {
  kind: 'offer' | 'ack' | 'nak';
  transaction: number;
  /** the address for the client */
  address: string;
  serverAddress?: string;
}

/** A client's message with the broadcast flag set, because our client has no address yet. RFC 2131, section 2. */
export function dhcpQuestion(question: DhcpQuestion): Uint8Array {
  const fixed = Buffer.alloc(FIXED_BYTES + 4);
  fixed.set([1, 1, 6, 0]);
  fixed.writeUInt32BE(question.transaction, 4);
  fixed.writeUInt16BE(0x8000, 10);
  fixed.set(
    question.mac.split(':').map((octet) => Number.parseInt(octet, 16)),
    28,
  );
  fixed.writeUInt32BE(MAGIC_COOKIE, FIXED_BYTES);
  const options = [
    option(OPTION.messageType, [MESSAGE_TYPE[question.kind]]),
    option(OPTION.parameters, [1, 3, 6]),
    ...(question.vendorClass === undefined ? [] : [option(OPTION.vendorClass, Buffer.from(question.vendorClass, 'latin1'))]),
    ...(question.requestedAddress === undefined ? [] : [option(OPTION.requestedAddress, ipv4Bytes(question.requestedAddress))]),
    ...(question.serverAddress === undefined ? [] : [option(OPTION.serverId, ipv4Bytes(question.serverAddress))]),
    Buffer.from([OPTION.end]),
  ];
  return Buffer.concat([fixed, ...options]);
}

/** Reads a server's message; undefined when it is none. */
export function parseDhcpAnswer(message: Uint8Array): DhcpAnswer | undefined {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  if (bytes.length < FIXED_BYTES + 4 || bytes[0] !== 2 || bytes.readUInt32BE(FIXED_BYTES) !== MAGIC_COOKIE) return undefined;
  const options = readOptions(bytes.subarray(FIXED_BYTES + 4));
  const type = options.get(OPTION.messageType)?.[0];
  const kind = (['offer', 'ack', 'nak'] as const).find((one) => MESSAGE_TYPE[one] === type);
  if (kind === undefined) return undefined;
  const server = options.get(OPTION.serverId);
  return {
    kind,
    transaction: bytes.readUInt32BE(4),
    address: addressFromBytes(bytes.subarray(16, 20)),
    ...(server?.length === 4 ? { serverAddress: addressFromBytes(server) } : {}),
  };
}

function option(code: number, value: Uint8Array | readonly number[]): Buffer {
  return Buffer.from([code, value.length, ...value]);
}

function readOptions(bytes: Uint8Array): Map<number, Uint8Array> {
  const options = new Map<number, Uint8Array>();
  let offset = 0;
  while (offset + 1 < bytes.length && bytes[offset] !== OPTION.end) {
    const code = bytes[offset] ?? 0;
    const size = bytes[offset + 1] ?? 0;
    if (code === 0) {
      offset += 1;
      continue;
    }
    options.set(code, bytes.subarray(offset + 2, offset + 2 + size));
    offset += 2 + size;
  }
  return options;
}
