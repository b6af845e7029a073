import type { LoadedArchitecture } from '../../../domain/firmware.ts';
import type { Ipv6Segment, Segment } from '../../../domain/network.ts';
import { LOADER_PATH, tagOf } from './config-boot.ts';

/** The enterprise number in the vendor classes of network-boot firmware (RFC 5970 has none; UEFI 2.10, 24.7 says Intel's). */
const BOOT_ENTERPRISE = 343;
/** Who is iPXE over IPv6. */
const IPXE_TAG = 'ipxe6';

/**
 * Lines for UEFI network boot over IPv6; none when no segment has IPv6. Router advertisements say "ask DHCPv6" and nothing else: no
 * router (lifetime 0), no prefix to make addresses of, no DNS server, so that they change nothing for other machines that hear them.
 * What dnsmasq would still answer to strangers, a fence in the kernel keeps from it (`fenceDhcp6`).
 */
export function ipv6Lines(
  segments: readonly Segment[],
  { leaseSeconds, architectures }: { leaseSeconds: number; architectures: readonly LoadedArchitecture[] },
): string[] {
  const served = segments.flatMap(({ interface: name, address, ipv6 }, index) =>
    ipv6 === undefined ? [] : [{ name, address, ipv6, tag: tagOf(index) }],
  );
  if (served.length === 0) return [];
  return [
    'enable-ra',
    ...served.flatMap(({ name, ipv6, tag }) => [
      `ra-param=${name},0,0`,
      `dhcp-range=set:${tag},${ipv6.rangeFirst},${ipv6.rangeLast},${ipv6.prefixLength},${leaseSeconds}`,
    ]),
    ...['PXEClient', 'HTTPClient'].map((vendorClass) => `dhcp-vendorclass=set:netboot,enterprise:${BOOT_ENTERPRISE},${vendorClass}`),
    `dhcp-vendorclass=set:http-client,enterprise:${BOOT_ENTERPRISE},HTTPClient`,
    ...overIpv6(architectures).map(({ name, option93 }) => `dhcp-match=set:${name},option6:61,${twoBytes(option93)}`),
    // by its name: iPXE lists its features over IPv4 only (iPXE's dhcpv6.c), and one that asks over IPv6 came from us or from UEFI, with HTTP
    `dhcp-userclass=set:${IPXE_TAG},iPXE`,
    'dhcp-option=option6:dns-server',
    'dhcp-option=tag:netboot,option6:dns-server,[::]',
    `dhcp-option-force=tag:http-client,option6:16,${ENTERPRISE_LETTERS},HTTPClient`,
    ...served.flatMap((one) => bootFileLines(one, architectures)),
  ];
}

interface ServedOverIpv6 {
  address: string;
  ipv6: Ipv6Segment;
  tag: string;
}

/**
 * Option 59, bootfile-url (RFC 5970 3.1); unlike in DHCPv4 it is always a URL. iPXE has asked for an IPv4 address as well by then, and is
 * sent there, because the live system is loaded over IPv4.
 */
function bootFileLines({ address, ipv6, tag }: ServedOverIpv6, architectures: readonly LoadedArchitecture[]): string[] {
  const line = (tags: readonly string[], url: string): string =>
    `dhcp-option=${[tag, ...tags].map((one) => `tag:${one}`).join(',')},option6:bootfile-url,${url}`;
  const bootable = overIpv6(architectures).filter(({ name }) => name.startsWith('efi-'));
  const loaders = bootable.map(({ name, unsigned: loader }) =>
    line(
      [name, `!${IPXE_TAG}`],
      name.endsWith('-http') ? `http://[${ipv6.address}]${LOADER_PATH}${loader}` : `tftp://[${ipv6.address}]/${loader}`,
    ),
  );
  return [line([IPXE_TAG], `http://${address}/menu.ipxe`), ...loaders];
}

/** iPXE by itself: shim would fetch GRUB over IPv6, and GRUB ask there for what we serve over IPv4. */
function overIpv6(architectures: readonly LoadedArchitecture[]): LoadedArchitecture[] {
  return architectures.filter(({ unsigned }) => unsigned !== undefined);
}

/**
 * Option 16 (RFC 8415 21.16) is an enterprise number of four bytes, then texts with their length in two bytes in front. UEFI takes an offer
 * for HTTP boot only with it. dnsmasq knows no enterprise number there, only texts: a first text of two letters fills these four bytes, as
 * the number 0x00025243, which is nobody's; UEFI does not look at it (EDK II, HttpBootDhcp6.c).
 */
const ENTERPRISE_LETTERS = 'RC';

/** Written as bytes, because dnsmasq would take a small number for one byte. */
function twoBytes(number: number): string {
  return `00:${number.toString(16).padStart(2, '0')}`;
}
