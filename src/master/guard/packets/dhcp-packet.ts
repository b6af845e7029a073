import { ReconError } from '../../../domain/errors.ts';
import { addressFromBytes, ipv4Bytes } from '../../../domain/ip-address.ts';
import { type MacAddress, macBytes, macFromBytes } from '../../../domain/values/mac.ts';

/** A BOOTP or DHCP message (RFC 951, RFC 2131 2). Addresses are dotted quads; `0.0.0.0`: not set. */
export interface DhcpMessage {
  op: 'request' | 'reply';
  transactionId: number;
  /** seconds since the client began */
  seconds: number;
  /** the client asks for answers by broadcast, because it cannot receive unicast yet */
  broadcast: boolean;
  clientAddress: string;
  yourAddress: string;
  serverAddress: string;
  relayAddress: string;
  clientMac: MacAddress;
  /** option code → its bytes (RFC 2132); empty for plain BOOTP */
  options: ReadonlyMap<number, Uint8Array>;
}

/** Option codes that we use (RFC 2132, RFC 4578). */
export const DHCP_OPTION = {
  requestedAddress: 50,
  overload: 52,
  messageType: 53,
  serverIdentifier: 54,
  parameterRequestList: 55,
  maximumMessageSize: 57,
  vendorClass: 60,
  bootFile: 67,
  clientArchitecture: 93,
  clientInterface: 94,
  clientUuid: 97,
} as const;

/** Values of option 53 that we send (RFC 2132 9.6). */
export const DHCP_MESSAGE_TYPE = { discover: 1, request: 3 } as const;

const FIXED_BYTES = 236;
const FILE_FIELD = { from: 108, to: 236 };
const SERVER_NAME_FIELD = { from: 44, to: 108 };
const MAGIC_COOKIE = Uint8Array.of(99, 130, 83, 99);
const PAD = 0;
const END = 255;

/**
 * Writes a message, padded with zero bytes to `sizeBytes`.
 * @throws ReconError `packet-too-large` when it does not fit
 */
export function encodeDhcp(message: DhcpMessage, sizeBytes = 300): Uint8Array {
  const options = encodeOptions(message.options);
  if (FIXED_BYTES + MAGIC_COOKIE.length + options.length > sizeBytes)
    throw new ReconError('packet-too-large', `DHCP message is longer than ${sizeBytes} bytes`);
  const bytes = new Uint8Array(sizeBytes);
  const view = new DataView(bytes.buffer);
  bytes.set([message.op === 'request' ? 1 : 2, 1, 6, 0]);
  view.setUint32(4, message.transactionId);
  view.setUint16(8, message.seconds);
  view.setUint16(10, message.broadcast ? 0x8000 : 0);
  bytes.set(ipv4Bytes(message.clientAddress), 12);
  bytes.set(ipv4Bytes(message.yourAddress), 16);
  bytes.set(ipv4Bytes(message.serverAddress), 20);
  bytes.set(ipv4Bytes(message.relayAddress), 24);
  bytes.set(macBytes(message.clientMac), 28);
  bytes.set(MAGIC_COOKIE, FIXED_BYTES);
  bytes.set(options, FIXED_BYTES + MAGIC_COOKIE.length);
  return bytes;
}

/** Reads a message; undefined when it is too short or of neither kind. Options that are cut off are left out. */
export function decodeDhcp(bytes: Uint8Array): DhcpMessage | undefined {
  if (bytes.length < FIXED_BYTES || (bytes[0] !== 1 && bytes[0] !== 2)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    op: bytes[0] === 1 ? 'request' : 'reply',
    transactionId: view.getUint32(4),
    seconds: view.getUint16(8),
    broadcast: (view.getUint16(10) & 0x8000) !== 0,
    clientAddress: addressFromBytes(bytes.subarray(12, 16)),
    yourAddress: addressFromBytes(bytes.subarray(16, 20)),
    serverAddress: addressFromBytes(bytes.subarray(20, 24)),
    relayAddress: addressFromBytes(bytes.subarray(24, 28)),
    clientMac: macFromBytes(bytes.subarray(28, 34)),
    options: decodeOptions(bytes),
  };
}

/** The server's address from option 54, undefined when it does not say. */
export function serverIdentifier(message: DhcpMessage): string | undefined {
  const bytes = message.options.get(DHCP_OPTION.serverIdentifier);
  return bytes?.length === 4 ? addressFromBytes(bytes) : undefined;
}

/** The boot file that a message names, in its own field or as option 67 (RFC 2132 9.5); undefined when it names none. */
export function bootFile(bytes: Uint8Array, message: DhcpMessage): string | undefined {
  const overload = message.options.get(DHCP_OPTION.overload)?.[0] ?? 0;
  const field = (overload & 1) === 0 ? bytes.subarray(FILE_FIELD.from, FILE_FIELD.to) : new Uint8Array();
  const found = [message.options.get(DHCP_OPTION.bootFile) ?? new Uint8Array(), field].map((raw) =>
    new TextDecoder('latin1').decode(raw).replace(/\0.*$/s, ''),
  );
  return found.find((text) => text !== '');
}

/** Values above 255 bytes are split over several options of the same code (RFC 3396). */
function encodeOptions(options: ReadonlyMap<number, Uint8Array>): Uint8Array {
  const bytes: number[] = [];
  for (const [code, value] of options) {
    for (let at = 0; at === 0 || at < value.length; at += 255) {
      const part = value.subarray(at, at + 255);
      bytes.push(code, part.length, ...part);
    }
  }
  return Uint8Array.from([...bytes, END]);
}

function decodeOptions(bytes: Uint8Array): Map<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  if (!MAGIC_COOKIE.every((byte, at) => bytes[FIXED_BYTES + at] === byte)) return found;
  readOptions(bytes.subarray(FIXED_BYTES + MAGIC_COOKIE.length), found);
  // RFC 2132 9.3: options may go on in the fields for file and server name.
  const overload = found.get(DHCP_OPTION.overload)?.[0] ?? 0;
  if ((overload & 1) !== 0) readOptions(bytes.subarray(FILE_FIELD.from, FILE_FIELD.to), found);
  if ((overload & 2) !== 0) readOptions(bytes.subarray(SERVER_NAME_FIELD.from, SERVER_NAME_FIELD.to), found);
  return found;
}

function readOptions(bytes: Uint8Array, found: Map<number, Uint8Array>): void {
  for (let at = 0; ; ) {
    const code = bytes[at] ?? END;
    if (code === END) return;
    if (code === PAD) {
      at += 1;
      continue;
    }
    const length = bytes[at + 1];
    if (length === undefined || at + 2 + length > bytes.length) return;
    const value = bytes.slice(at + 2, at + 2 + length);
    const earlier = found.get(code);
    found.set(code, earlier === undefined ? value : Uint8Array.from([...earlier, ...value]));
    at += 2 + length;
  }
}
