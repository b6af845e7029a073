import { randomInt } from 'node:crypto';
import { ipv4Bytes } from '../../../domain/ip-address.ts';
import { RECON_PROBE_MAC } from '../../../domain/network.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { type MacAddress, macBytes } from '../../../domain/values/mac.ts';
import { DHCP_MESSAGE_TYPE, DHCP_OPTION, type DhcpMessage, decodeDhcp, encodeDhcp } from './dhcp-packet.ts';
import type { Frame } from './frame.ts';
import { buildIpv6Probes, linkLocalOf, neighbourProbe } from './probes-ipv6.ts';
import { type ServingMaster, servingMasterOf, servingOption } from './serving-master.ts';
import { encodeUdpFrame, UDP_FRAME_OVERHEAD_BYTES } from './udp-frame.ts';

/**
 * The one hardware address that probes come from, on every machine: locally administered, "RECON" in ASCII. A server that
 * logs or leases by address sees the same single client every time.
 */
export const PROBE_MAC: MacAddress = RECON_PROBE_MAC;

/** The IPv6 address of the same client. */
export const PROBE_LINK_LOCAL = linkLocalOf(PROBE_MAC);

/** What a probe provokes: servers with a pool, proxyDHCP servers, authoritative servers without a pool. */
export const PROBE_KINDS = ['discover', 'pxe-discover', 'request'] as const;
export type ProbeKind = (typeof PROBE_KINDS)[number];

/** Whose probe a frame is: `probeId` as given to {@link buildProbes}. */
export interface ProbeMark {
  probeId: number;
  kind: ProbeKind;
  /** its sender serves the segment */
  serves?: true;
  /** and says who that is; sticks of other versions do not */
  by?: ServingMaster;
}

/** An address that is nobody's (TEST-NET-1, RFC 5737), so that an authoritative server must refuse it. */
const FOREIGN_ADDRESS = Uint8Array.of(192, 0, 2, 77);
/** All probes have this size, the minimum that every server accepts (RFC 2131 2: 576 bytes with the IP header). */
const MESSAGE_BYTES = 548;
/** Servers with a minimum of waiting time (ISC min-secs, relays) take the client for one that nobody has answered yet. */
const SECONDS_WAITED = 60;
/** And with this, which is as good for servers, masters tell each other that the sender serves the segment. */
const SECONDS_SERVING = 61;
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/**
 * The probe frames, of equal length: a plain DISCOVER, a DISCOVER of a network-boot ROM (x64 UEFI, RFC 4578), and a REQUEST in state
 * INIT-REBOOT (RFC 2131 4.3.2) for an address that no segment has; answers are asked for by broadcast. Then, on a segment that is to
 * be ours, a router solicitation and a DHCPv6 SOLICIT; on a network of somebody else the question who has `askedAddress`. `asked`: more
 * addresses that we may take, of both families. `serving`: says to other masters that the segment is served, and by whom; `true`, as sticks of
 * other versions do, does not say by whom.
 * `probeId`: 30 bits that mark the interface they were sent on.
 */
export function buildProbes(
  probeId: number,
  askedAddress?: string,
  asked: readonly string[] = [],
  serving?: ServingMaster | true,
): Uint8Array[] {
  const seconds = serving === undefined ? SECONDS_WAITED : SECONDS_SERVING;
  const more: [number, Uint8Array][] = typeof serving === 'object' ? [servingOption(serving)] : [];
  const dhcp = PROBE_KINDS.map((kind) =>
    probeFrame({ transactionId: transactionId({ probeId, kind }), seconds, options: new Map([...OPTIONS[kind], ...more]) }),
  );
  const lengthBytes = UDP_FRAME_OVERHEAD_BYTES + MESSAGE_BYTES;
  const questions = asked.map((address) =>
    address.includes(':') ? neighbourProbe(PROBE_MAC, address, lengthBytes) : arpProbe(address, lengthBytes),
  );
  const others = askedAddress === undefined ? buildIpv6Probes(PROBE_MAC, lengthBytes) : [arpProbe(askedAddress, lengthBytes)];
  return [...dhcp, ...others, ...questions];
}

/** Asks who has an address, without saying that we want it (RFC 5227 2.1.1). */
function arpProbe(address: string, lengthBytes: number): Uint8Array {
  const frame = new Uint8Array(lengthBytes);
  const request = [0, 1, 8, 0, 6, 4, 0, 1];
  frame.set([...Array<number>(6).fill(0xff), ...macBytes(PROBE_MAC), 8, 6, ...request, ...macBytes(PROBE_MAC)]);
  frame.set(ipv4Bytes(address), 38);
  return frame;
}

/** Tells a probe (ours, or one of another machine like us) from other frames. */
export function probeMarkOf(frame: Frame): ProbeMark | undefined {
  if (frame.source !== PROBE_MAC || frame.payload.kind !== 'ipv4' || frame.payload.udp?.destinationPort !== 67) return undefined;
  const message = decodeDhcp(frame.payload.udp.payload);
  const kind = message === undefined ? undefined : PROBE_KINDS[message.transactionId & 3];
  if (message === undefined || kind === undefined) return undefined;
  const serves = message.seconds === SECONDS_SERVING ? ({ serves: true, ...definedOnly({ by: servingMasterOf(message) }) } as const) : {};
  return { probeId: message.transactionId >>> 2, kind, ...serves };
}

const ASKED_FOR: [number, Uint8Array] = [DHCP_OPTION.parameterRequestList, Uint8Array.of(1, 3, 6, 43, 51, 54, 60, 66, 67)];
const LONGEST_ANSWER: [number, Uint8Array] = [DHCP_OPTION.maximumMessageSize, Uint8Array.of(0x05, 0xc0)];

const OPTIONS: Record<ProbeKind, ReadonlyMap<number, Uint8Array>> = {
  discover: new Map([[DHCP_OPTION.messageType, Uint8Array.of(DHCP_MESSAGE_TYPE.discover)], LONGEST_ANSWER, ASKED_FOR]),
  'pxe-discover': new Map([
    [DHCP_OPTION.messageType, Uint8Array.of(DHCP_MESSAGE_TYPE.discover)],
    LONGEST_ANSWER,
    ASKED_FOR,
    [DHCP_OPTION.clientUuid, Uint8Array.of(0, ...ascii('recon probe uuid'))],
    [DHCP_OPTION.clientInterface, Uint8Array.of(1, 3, 16)],
    [DHCP_OPTION.clientArchitecture, Uint8Array.of(0, 7)],
    [DHCP_OPTION.vendorClass, ascii('PXEClient:Arch:00007:UNDI:003016')],
  ]),
  request: new Map([
    [DHCP_OPTION.messageType, Uint8Array.of(DHCP_MESSAGE_TYPE.request)],
    [DHCP_OPTION.requestedAddress, FOREIGN_ADDRESS],
    LONGEST_ANSWER,
    ASKED_FOR,
  ]),
};

function transactionId({ probeId, kind }: ProbeMark): number {
  return probeId * 4 + PROBE_KINDS.indexOf(kind);
}

function probeFrame({ transactionId, seconds, options }: Pick<DhcpMessage, 'transactionId' | 'seconds' | 'options'>): Uint8Array {
  const payload = encodeDhcp(
    {
      op: 'request',
      transactionId,
      seconds,
      broadcast: true,
      clientAddress: '0.0.0.0',
      yourAddress: '0.0.0.0',
      serverAddress: '0.0.0.0',
      relayAddress: '0.0.0.0',
      clientMac: PROBE_MAC,
      options,
    },
    MESSAGE_BYTES,
  );
  return encodeUdpFrame({
    sourceMac: PROBE_MAC,
    destinationMac: 'ff:ff:ff:ff:ff:ff',
    sourceAddress: '0.0.0.0',
    destinationAddress: '255.255.255.255',
    sourcePort: 68,
    destinationPort: 67,
    payload,
  });
}

/**
 * Who goes first where several machines like us begin at the same time: one with a stick that it can write to, then one that keeps its records in RAM, then
 * one that serves nothing that is quiet.
 */
export type MasterRank = 'stick' | 'ram' | 'looker';

/** The lowest mark of each rank. A stick of another version draws from the first two ranges, or from the last. */
const FIRST_OF_RANK = { stick: 0, ram: 2 ** 28, looker: 2 ** 29 } as const satisfies Record<MasterRank, number>;
/** Of the 28 bits below: those of the machine, and behind them those of its interfaces. */
const MACHINES = 2 ** 16;
const INTERFACES = 2 ** 12;

/**
 * New marks, 30 bits, each of them once. Those of one machine stand together: of two machines that meet on several segments the same one goes first on
 * all of them.
 */
export function probeIds(rank: MasterRank, random: (below: number) => number = randomInt): () => number {
  const first = FIRST_OF_RANK[rank] + random(MACHINES) * INTERFACES;
  const given = new Set<number>();
  return () => {
    let id = first + random(INTERFACES);
    while (given.has(id)) id = first + ((id + 1 - first) % INTERFACES);
    given.add(id);
    return id;
  };
}
