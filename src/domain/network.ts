import { ReconError } from './errors.ts';
import { ipv4FromNumber, parseInterfaceAddress, parseSubnet } from './ip-address.ts';
import { DEFAULT_NETWORK_SETTINGS, type NetworkSettings, privateNetworkOf } from './network-settings.ts';

/** The host name of the master in DNS and in URLs. */
export const MASTER_HOST_NAME = 'bang';

/** Local DNS domain; systemd-resolved asks DNS for a bare `bang` only with a domain behind it. */
export const LOCAL_DOMAIN = 'recon.internal';

/** The hardware address that probes of every master come from; not a machine that boots. */
export const RECON_PROBE_MAC = '02:52:45:43:4f:4e';

/** DHCP vendor class (option 60) of our own initrd and live system, so that the master answers them and no other Linux. */
export const PEER_VENDOR_CLASS = 'recon';

/** One segment that the master serves. IPv4 addresses are dotted quads. */
export interface Segment {
  /** the master's interface, for example `eno1` */
  interface: string;
  /** the master's own address there */
  address: string;
  prefixLength: number;
  /** first and last address that machines get; of a `proxy` segment the same address of ours, because it gives none */
  rangeFirst: string;
  rangeLast: string;
  /** `proxy`: another server gives the addresses, we only name boot files (ProxyDHCP); missing: ours alone */
  dhcp?: 'proxy';
  /** missing: no IPv6 there */
  ipv6?: Ipv6Segment;
}

/** The IPv6 side of a segment; addresses as in RFC 5952. */
export interface Ipv6Segment {
  /** the master's own address there */
  address: string;
  prefixLength: 64;
  rangeFirst: string;
  rangeLast: string;
}

type SubnetSettings = Pick<NetworkSettings, 'subnet'>;

/**
 * The addresses of the n-th segment, counted from the subnet that is set: 10.77.0.0/16, 10.78.0.0/16, … The master is the first address.
 * @throws ReconError `subnets-exhausted` when the private network that the subnet lies in has no room for so many segments
 */
export function planSegment(interfaceName: string, index: number, { subnet }: SubnetSettings = DEFAULT_NETWORK_SETTINGS): Segment {
  const base = parseSubnet(subnet);
  const first = base === undefined || !Number.isInteger(index) || index < 0 ? undefined : base.first + index * base.size;
  if (base === undefined || first === undefined || !fits(base, first))
    throw new ReconError('subnets-exhausted', `there is no subnet for segment ${index}, counted from ${subnet}`, {
      hint: 'Set a smaller subnet in recon.yaml, or one that begins lower.',
    });
  // the ends stay free for the master and for people who plug in a laptop with an address of their own
  const spare = Math.floor(base.size / 256);
  const guests = spare > 0 ? 5 * spare - 1 : base.size >= 64 ? 4 : base.size >= 16 ? 2 : 1;
  return {
    interface: interfaceName,
    address: ipv4FromNumber(first + 1),
    prefixLength: base.prefixLength,
    rangeFirst: ipv4FromNumber(first + Math.max(base.size < 64 ? 2 : 16, spare)),
    rangeLast: ipv4FromNumber(first + base.size - 2 - guests),
  };
}

/**
 * The IPv6 addresses of the n-th segment: fd52:4543:4f4e:1::/64, fd52:4543:4f4e:2::/64, … Unique local addresses (RFC 4193) whose
 * global identifier is fixed, not random, so that a restarted master knows its own machines again.
 */
export function planIpv6(index: number): Ipv6Segment {
  const prefix = `fd52:4543:4f4e:${(index + 1).toString(16)}::`;
  return { address: `${prefix}1`, prefixLength: 64, rangeFirst: `${prefix}1:0`, rangeLast: `${prefix}1:ffff` };
}

/** A segment on which another server gives the addresses. @throws ReconError `address-malformed` when `address` is none of the form 192.168.9.250/24 */
export function proxySegment(interfaceName: string, address: string): Segment {
  const parsed = parseInterfaceAddress(address);
  if (parsed === undefined) throw new ReconError('address-malformed', `not an address with a prefix length: ${address}`);
  return { interface: interfaceName, ...parsed, rangeFirst: parsed.address, rangeLast: parsed.address, dhcp: 'proxy' };
}

/** Most segments that one master serves: more ports than any machine has. */
const MOST_SEGMENTS = 64;

/** All subnets whose addresses may be ours, so that machines there are not taken for strangers after a restart. */
export function ownSubnets(settings: NetworkSettings = DEFAULT_NETWORK_SETTINGS): string[] {
  if (settings.mode === 'proxy-dhcp') {
    const own = parseInterfaceAddress(settings.address ?? '');
    return own === undefined ? [] : [`${own.address}/32`];
  }
  const base = parseSubnet(settings.subnet);
  if (base === undefined) return [];
  const all = Array.from({ length: MOST_SEGMENTS }, (_, index) => base.first + index * base.size).filter((first) => fits(base, first));
  return [...all.map((first) => `${ipv4FromNumber(first)}/${base.prefixLength}`), 'fd52:4543:4f4e::/48'];
}

function fits(base: { first: number; size: number }, first: number): boolean {
  const home = privateNetworkOf(base.first, base.size);
  return home !== undefined && home === privateNetworkOf(first, base.size);
}
