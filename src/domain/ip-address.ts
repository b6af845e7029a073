import ipaddr from 'ipaddr.js';
import { ReconError } from './errors.ts';

/**
 * Whether a text is an IPv4 or IPv6 address in its usual spelling: four decimal numbers without leading zeros, or RFC 4291 2.2 without
 * a zone. The older spellings (octal, hexadecimal, fewer parts) are read differently by different programs, so that they are none here.
 */
export function isIpAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

/** The library's own test of this takes twenty times as long, and every request of a machine asks it several times. */
export function isIpv4(text: string): boolean {
  return FOUR_NUMBERS.test(text);
}

const FOUR_NUMBERS = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;

/** The library takes a zone, and any spelling of the four numbers at the end of `::ffff:192.0.2.1`. */
function isIpv6(text: string): boolean {
  const tail = text.slice(text.lastIndexOf(':') + 1);
  return ipaddr.IPv6.isValid(text) && !text.includes('%') && (!tail.includes('.') || isIpv4(tail));
}

/** Four bytes. @throws ReconError `address-malformed` */
export function ipv4Bytes(text: string): Uint8Array {
  if (!isIpv4(text)) throw new ReconError('address-malformed', `not an IPv4 address: ${text}`);
  return Uint8Array.from(ipaddr.IPv4.parse(text).toByteArray());
}

/** Sixteen bytes. @throws ReconError `address-malformed` */
export function ipv6Bytes(text: string): Uint8Array {
  if (!isIpv6(text)) throw new ReconError('address-malformed', `not an IPv6 address: ${text}`);
  return Uint8Array.from(ipaddr.IPv6.parse(text).toByteArray());
}

/** Four or sixteen bytes as text; IPv6 as RFC 5952 wants it. @throws ReconError `address-malformed` for any other number of bytes */
export function addressFromBytes(bytes: Uint8Array): string {
  if (bytes.length !== 4 && bytes.length !== 16) throw new ReconError('address-malformed', `${bytes.length} bytes are no IP address`);
  return ipaddr.fromByteArray([...bytes]).toString();
}

/** An IPv4 address as an unsigned number of 32 bits, to count with. @throws ReconError `address-malformed` */
export function ipv4Number(text: string): number {
  return ipv4Bytes(text).reduce((sum, byte) => sum * 256 + byte, 0);
}

/** What {@link ipv4Number} was made of. */
export function ipv4FromNumber(number: number): string {
  return addressFromBytes(Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number));
}

/** As a socket that takes both families says it, `::ffff:192.0.2.1` (RFC 4291 2.5.5.2) is plain IPv4. */
export function plainAddress(text: string): string {
  const tail = text.startsWith('::ffff:') ? text.slice('::ffff:'.length) : '';
  return isIpv4(tail) ? tail : text;
}

/** Whether a request from or to this address stayed on this machine. */
export function isLoopback(text: string): boolean {
  const address = plainAddress(text);
  return isIpAddress(address) && ipaddr.parse(address).range() === 'loopback';
}

/** Whether an IPv4 address can be that of one machine: not `this` network, loopback, multicast or reserved (RFC 6890). */
export function isMachineAddress(text: string): boolean {
  return isIpv4(text) && !NO_MACHINES.contains(text);
}

/** An IPv4 subnet as numbers. */
export interface Ipv4Subnet {
  /** first address of the subnet, as an unsigned 32-bit number */
  first: number;
  prefixLength: number;
  /** how many addresses it has */
  size: number;
}

/** Reads `10.77.0.0/16`; undefined when it is none, or has bits set behind its prefix. */
export function parseSubnet(text: string): Ipv4Subnet | undefined {
  const found = parseInterfaceAddress(text);
  if (found === undefined || networkAddress(found) !== found.address) return undefined;
  return { first: ipv4Number(found.address), prefixLength: found.prefixLength, size: 2 ** (32 - found.prefixLength) };
}

/** An IPv4 address and the length of its subnet's prefix in bits. */
export interface PrefixedAddress {
  address: string;
  prefixLength: number;
}

/** Reads an interface's address such as `192.168.9.250/24`; undefined when it is none. */
export function parseInterfaceAddress(text: string): PrefixedAddress | undefined {
  const found = parseCidr(text);
  return found !== undefined && isIpv4(found.address) ? found : undefined;
}

/** The subnet that an interface's address lies in, as `192.168.9.0/24`. */
export function subnetOf({ address, prefixLength }: PrefixedAddress): string {
  return `${networkAddress({ address, prefixLength })}/${prefixLength}`;
}

/** The first address of that subnet, `192.168.9.0`. */
export function networkAddress({ address, prefixLength }: PrefixedAddress): string {
  return ipaddr.IPv4.networkAddressFromCIDR(`${address}/${prefixLength}`).toString();
}

/** `255.255.0.0` for 16. */
export function netmask(prefixLength: number): string {
  return ipaddr.IPv4.subnetMaskFromPrefixLength(prefixLength).toString();
}

/** Tells whether an address lies in one of a set of subnets. */
export interface SubnetSet {
  contains(address: string): boolean;
}

/**
 * Makes a set of subnets like `10.77.0.0/16` or `fd00::/64`.
 * @throws ReconError `address-malformed` when one of them is not written like that
 */
export function subnetSet(subnets: readonly string[]): SubnetSet {
  const parsed = subnets.map((subnet) => {
    const found = parseCidr(subnet);
    if (found === undefined) throw new ReconError('address-malformed', `not a subnet in the form address/length: ${subnet}`);
    return [ipaddr.parse(found.address), found.prefixLength] as const;
  });
  return {
    contains: (text) => {
      if (!isIpAddress(text)) return false;
      const address = ipaddr.parse(text);
      return parsed.some(([base, length]) => base.kind() === address.kind() && address.match(base, length));
    },
  };
}

function parseCidr(text: string): PrefixedAddress | undefined {
  const [address = '', length = '', ...more] = text.split('/');
  const isLength = /^(0|[1-9]\d{0,2})$/.test(length) && Number(length) <= (isIpv4(address) ? 32 : 128);
  return more.length === 0 && isLength && isIpAddress(address) ? { address, prefixLength: Number(length) } : undefined;
}

const NO_MACHINES = subnetSet(['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/3']);
