/**
 * So many machines a second that want an address, each DISCOVER at the moment at which it is due, whether the server keeps up or not; each OFFER is taken at once.
 * An order as JSON in argv, what came of it as JSON on stdout. Run inside a network namespace with a route to 255.255.255.255.
 */
import { createSocket } from 'node:dgram';
import { addressFromBytes } from '../../../src/domain/ip-address.ts';
import { DHCP_MESSAGE_TYPE, DHCP_OPTION, decodeDhcp, encodeDhcp } from '../../../src/master/guard/packets/dhcp-packet.ts';

export interface LeaseOrder {
  perSecond: number;
  count: number;
  /** the fourth byte of the hardware addresses, so that each load is of other machines */
  batch: number;
}

export interface LeaseLoad {
  /** from the moment at which a DISCOVER was due to its OFFER, in ms; of those that were answered */
  offersMs: number[];
  /** when a machine had its ACK, in ms since 1970 */
  acks: [mac: string, address: string, at: number][];
  seconds: number;
}

const order = JSON.parse(process.argv[2] ?? '{}') as LeaseOrder;
const [OFFER, ACK] = [2, 5];
const NONE = '0.0.0.0';
/** after the last one was due; firmware asks again after four */
const PATIENCE_MS = 4000;
const dueMs: number[] = [];
const offersMs: number[] = [];
const acks: LeaseLoad['acks'] = [];
const offered = new Set<number>();

const socket = createSocket({ type: 'udp4', reuseAddr: true, recvBufferSize: 16 << 20, sendBufferSize: 4 << 20 });
socket.on('message', (bytes) => {
  const heardAt = performance.now();
  const reply = decodeDhcp(bytes);
  if (reply?.op !== 'reply' || reply.transactionId >>> 16 !== order.batch) return;
  const number = reply.transactionId & 0xffff;
  const type = reply.options.get(DHCP_OPTION.messageType)?.[0];
  if (type === OFFER && !offered.has(number)) {
    offered.add(number);
    offersMs.push(heardAt - (dueMs[number] ?? Number.NaN));
    const server = reply.options.get(DHCP_OPTION.serverIdentifier) ?? Buffer.alloc(4);
    send(number, DHCP_MESSAGE_TYPE.request, [
      [DHCP_OPTION.requestedAddress, bytes.subarray(16, 20)],
      [DHCP_OPTION.serverIdentifier, server],
    ]);
  }
  if (type === ACK) acks.push([reply.clientMac, addressFromBytes(bytes.subarray(16, 20)), Date.now()]);
  if (acks.length === order.count) end();
});
await new Promise<void>((resolve) => socket.bind(68, '0.0.0.0', resolve));
socket.setBroadcast(true);

const startMs = performance.now() + 100;
let at = 0;
const timer = setInterval(() => {
  const now = performance.now();
  for (; at < order.count && startMs + (at * 1000) / order.perSecond <= now; at += 1) {
    dueMs[at] = startMs + (at * 1000) / order.perSecond;
    send(at, DHCP_MESSAGE_TYPE.discover, []);
  }
  if (at < order.count) return;
  clearInterval(timer);
  setTimeout(end, PATIENCE_MS);
}, 1);

function send(number: number, type: number, more: readonly (readonly [number, Uint8Array])[]): void {
  const options = new Map<number, Uint8Array>([
    [DHCP_OPTION.messageType, Uint8Array.of(type)],
    ...more,
    [DHCP_OPTION.vendorClass, Buffer.from('PXEClient:Arch:00007')],
    [DHCP_OPTION.clientArchitecture, Uint8Array.of(0, 7)],
    [DHCP_OPTION.parameterRequestList, Uint8Array.of(1, 3, 6, 66, 67)],
  ]);
  const addresses = { clientAddress: NONE, yourAddress: NONE, serverAddress: NONE, relayAddress: NONE };
  const mac = `52:54:00:${[order.batch, number >> 8, number & 255].map((byte) => byte.toString(16).padStart(2, '0')).join(':')}`;
  const message = { op: 'request', transactionId: (order.batch << 16) | number, seconds: 0, broadcast: true, ...addresses } as const;
  socket.send(encodeDhcp({ ...message, clientMac: mac, options }), 67, '255.255.255.255');
}

function end(): void {
  const load: LeaseLoad = { offersMs, acks, seconds: (performance.now() - startMs) / 1000 };
  process.stdout.write(JSON.stringify(load), () => process.exit());
}
