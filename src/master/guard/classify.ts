import { type SubnetSet, subnetSet } from '../../domain/ip-address.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { bootFile, DHCP_OPTION, type DhcpMessage, decodeDhcp, serverIdentifier } from './packets/dhcp-packet.ts';
import type { Frame, Payload } from './packets/frame.ts';
import { PROBE_LINK_LOCAL, PROBE_MAC } from './packets/probes.ts';
import type { ServingMaster } from './packets/serving-master.ts';

/** Something on the wire that shows that the segment is not ours alone. */
export type Evidence =
  /** `offered`: the address that it gave somebody; `boots`: it names a boot file as well */
  | { code: 'foreign-dhcp-server'; mac: MacAddress; address: string | undefined; offered?: string; boots?: true }
  /** it names boot files and gives no addresses: ProxyDHCP, PXE boot server */
  | { code: 'foreign-pxe-server'; mac: MacAddress; address: string | undefined }
  | { code: 'foreign-dhcp6-server'; mac: MacAddress; address: string }
  /** somebody uses the address that was given to us */
  | { code: 'address-taken'; mac: MacAddress; address: string }
  /** somebody has an address of a range that we would serve, or is about to take it */
  | { code: 'range-used'; mac: MacAddress; address: string }
  /** another machine like us is there; `by`: as what it serves; `yields`: it leaves the segment to us */
  | { code: 'other-recon'; serves?: true; by?: ServingMaster; yields?: true }
  | { code: 'tagged-frames'; mac: MacAddress; vlanId: number }
  | { code: 'router-advertisement'; mac: MacAddress; address: string }
  | { code: 'foreign-traffic'; mac: MacAddress; address: string };

export interface OwnAddresses {
  /** hardware addresses of all our interfaces */
  ownMacs: ReadonlySet<MacAddress>;
  /** the subnets that may be ours: after a restart of the service their machines are still there */
  ownSubnets: SubnetSet;
  /** whether a machine in one of these is ours, and not of a network that has the same addresses; all are when missing */
  isOurs?: (mac: MacAddress, address: string) => boolean;
  /** the addresses that we ask for before we take one */
  asked?: ReadonlySet<string>;
  /** our address on a network of somebody else, or where we serve */
  ownAddress?: string;
}

/** Evidence of a server that would answer our machines, or be answered over by us. */
export const SERVER_CODES: ReadonlySet<Evidence['code']> = new Set([
  'foreign-dhcp-server',
  'foreign-pxe-server',
  'foreign-dhcp6-server',
  'router-advertisement',
]);

/** What a frame proves. Undefined for our own frames and for what powered-on machines say on a segment without servers. */
export function classify(frame: Frame, own: OwnAddresses): Evidence | undefined {
  const { ownMacs, ownSubnets, ownAddress, isOurs = () => true, asked } = own;
  if (frame.source === PROBE_MAC || ownMacs.has(frame.source)) return undefined;
  const server = dhcpServer(frame, ownAddress);
  if (server !== undefined) return server;
  // Identifier 0 is no VLAN, only a priority (IEEE 802.1Q 9.6); converged network adapters send it on any port.
  const vlanId = frame.vlanIds.find((id) => id !== 0);
  if (vlanId !== undefined) return { code: 'tagged-frames', mac: frame.source, vlanId };
  if (frame.payload.kind === 'ipv6' && frame.payload.icmpType === ROUTER_ADVERTISEMENT) {
    return { code: 'router-advertisement', mac: frame.source, address: frame.payload.source };
  }
  // Nobody but a server that wants to answer our DHCPv6 question has a reason to look for the address that it came from.
  if (frame.payload.kind === 'ipv6' && frame.payload.icmpType === NEIGHBOUR_SOLICITATION && frame.payload.icmpTarget === PROBE_LINK_LOCAL) {
    return { code: 'foreign-dhcp6-server', mac: frame.source, address: frame.payload.source };
  }
  const address = senderAddress(frame.payload);
  if (address !== undefined && address === ownAddress) return { code: 'address-taken', mac: frame.source, address };
  const claimed = claimedAddress(frame);
  if (claimed !== undefined && asked?.has(claimed) === true && !isOurs(frame.source, claimed))
    return { code: 'range-used', mac: frame.source, address: claimed };
  if (address === undefined || HARMLESS_SENDERS.contains(address)) return undefined;
  if (ownSubnets.contains(address) && isOurs(frame.source, address)) return undefined;
  return { code: 'foreign-traffic', mac: frame.source, address };
}

/** What a switch says of itself: no evidence, but worth a line in the log. */
export function noteOf(frame: Frame): 'lldp' | 'cdp' | 'stp' | undefined {
  if (frame.etherType === 0x88cc) return 'lldp';
  if (frame.destination === '01:00:0c:cc:cc:cc') return 'cdp';
  if (frame.destination === '01:80:c2:00:00:00' || frame.destination === '01:00:0c:cc:cc:cd') return 'stp';
  return undefined;
}

/** ICMPv6 types (RFC 4861 4.2 to 4.4). */
const ROUTER_ADVERTISEMENT = 134;
const NEIGHBOUR_SOLICITATION = 135;
const NEIGHBOUR_ADVERTISEMENT = 136;

/**
 * Senders that say nothing about a network: a machine without an address (which covers DHCP clients and ARP probes), addresses
 * that machines give themselves (RFC 3927, RFC 4291 link-local), and this host.
 */
const HARMLESS_SENDERS = subnetSet(['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '::/127', 'fe80::/10']);

const PXE_PORT = 4011;
/** DHCP and BOOTP servers and relays (67, 68), PXE boot servers. */
const DHCP_PORTS = new Set([67, 68, PXE_PORT]);
/** DHCPv6 messages that servers send to clients: advertise, reply, reconfigure (RFC 8415 7.3). */
const DHCPV6_SERVER_MESSAGES = new Set([2, 7, 10]);

function dhcpServer({ source, payload }: Frame, ownAddress: string | undefined): Evidence | undefined {
  if ((payload.kind !== 'ipv4' && payload.kind !== 'ipv6') || payload.udp === undefined) return undefined;
  const { sourcePort, destinationPort } = payload.udp;
  if (payload.kind === 'ipv6') {
    const isServer = destinationPort === 546 && DHCPV6_SERVER_MESSAGES.has(payload.udp.payload[0] ?? 0);
    return isServer ? { code: 'foreign-dhcp6-server', mac: source, address: payload.source } : undefined;
  }
  if (!DHCP_PORTS.has(sourcePort) && !DHCP_PORTS.has(destinationPort)) return undefined;
  const message = decodeDhcp(payload.udp.payload);
  if (message?.op !== 'reply') return undefined;
  const named = [serverIdentifier(message), payload.source, message.serverAddress].find(
    (address) => address !== undefined && address !== '0.0.0.0',
  );
  const offered = message.yourAddress === '0.0.0.0' ? undefined : message.yourAddress;
  const file = bootFile(payload.udp.payload, message);
  // its administrator has entered our boot files: then it is our boot server that it names
  const isOurs = ownAddress !== undefined && (message.serverAddress === ownAddress || file?.startsWith(`http://${ownAddress}/`) === true);
  const boots = !isOurs && (sourcePort === PXE_PORT || destinationPort === PXE_PORT || isBootClass(message) || file !== undefined);
  if (offered === undefined && boots) return { code: 'foreign-pxe-server', mac: source, address: named };
  return {
    code: 'foreign-dhcp-server',
    mac: source,
    address: named,
    ...definedOnly({ offered }),
    ...(boots ? { boots } : {}),
  };
}

/** A boot server repeats the vendor class of its clients (PXE 2.1, 2.2.3). */
function isBootClass(message: DhcpMessage): boolean {
  const vendorClass = message.options.get(DHCP_OPTION.vendorClass);
  return vendorClass !== undefined && /^(PXE|HTTP)Client/.test(new TextDecoder('latin1').decode(vendorClass));
}

/**
 * The address that a frame says somebody has: an answer to our ARP probe, which asks in the name of 0.0.0.0; an announcement, and an ARP probe
 * of somebody who is about to take it (RFC 5227 2.1.1 and 2.3); and what IPv6 has in their place (RFC 4862 5.4.3 and 5.4.4).
 */
function claimedAddress({ destination, payload }: Frame): string | undefined {
  if (payload.kind === 'arp') {
    const { senderAddress: sender, targetAddress: target } = payload;
    if (sender === '0.0.0.0') return target;
    return destination === PROBE_MAC || target === '0.0.0.0' || target === sender ? sender : undefined;
  }
  if (payload.kind !== 'ipv6') return undefined;
  const isProbe = payload.icmpType === NEIGHBOUR_SOLICITATION && payload.source === '::';
  return isProbe || payload.icmpType === NEIGHBOUR_ADVERTISEMENT ? payload.icmpTarget : undefined;
}

function senderAddress(payload: Payload): string | undefined {
  if (payload.kind === 'arp') return payload.senderAddress;
  return payload.kind === 'ipv4' || payload.kind === 'ipv6' ? payload.source : undefined;
}
