import type { LoadedArchitecture } from '../../../domain/firmware.ts';
import { netmask, networkAddress } from '../../../domain/ip-address.ts';
import { LOCAL_DOMAIN, MASTER_HOST_NAME, type Segment } from '../../../domain/network.ts';
import { answeredLines, bootLines, tagOf } from './config-boot.ts';
import { ipv6Lines } from './config-ipv6.ts';

export interface DnsmasqSettings {
  segments: readonly Segment[];
  /** directory with the boot loaders */
  tftpRoot: string;
  /** what of them is for which firmware */
  architectures: readonly LoadedArchitecture[];
  /** `mac,address` lines of earlier leases, read at start, so that a restart never gives one address twice */
  hostsFile: string;
  leaseSeconds: number;
  maxLeases: number;
  maxTftpTransfers: number;
  /** machines whose own system renews its lease, whatever it calls itself */
  renewing?: readonly string[];
  /** answer these machines and those of the hosts file only; every machine when missing */
  knownOnly?: () => readonly string[] | undefined;
}

/**
 * Text of dnsmasq.conf (dnsmasq 2.90, dnsmasq(8)). Only network-boot clients are answered. It never says
 * `dhcp-authoritative`, because that makes dnsmasq NAK the renewals of other people's machines, and never names a router.
 */
export function dnsmasqConfig(settings: DnsmasqSettings): string {
  const { segments } = settings;
  return [
    section('process', ['keep-in-foreground', 'log-facility=-', 'log-dhcp', 'user=root', 'group=root', 'pid-file=']),
    section('interfaces', ['bind-dynamic', 'except-interface=lo', ...segments.map((segment) => `interface=${segment.interface}`)]),
    section('DNS: our own names only', dnsLines(segments)),
    section('TFTP: boot loaders only', tftpLines(settings)),
    section('DHCP: leases', [...leaseLines(settings), ...segments.map((segment, index) => rangeLine(segment, index, settings))]),
    section('DHCP: who is answered, and firmware by option 93', [...renewingLines(settings), ...answeredLines(settings.architectures)]),
    section('DHCP: discovery is over', knownLines(settings)),
    section('DHCP: options', optionLines()),
    section(
      'DHCP: boot files',
      segments.flatMap((segment, index) => bootLines(segment, index, settings.architectures)),
    ),
    section('DHCPv6 and router advertisements', ipv6Lines(segments, settings)),
  ]
    .flat()
    .join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [[`# ${title}`, ...lines, ''].join('\n')];
}

function dnsLines(segments: readonly Segment[]): string[] {
  return [
    'no-resolv',
    'no-hosts',
    'domain-needed',
    'bogus-priv',
    'localise-queries',
    `domain=${LOCAL_DOMAIN}`,
    `local=/${LOCAL_DOMAIN}/`,
    ...segments.flatMap((segment) => [
      `interface-name=${MASTER_HOST_NAME},${segment.interface}${family(segment)}`,
      `interface-name=${MASTER_HOST_NAME}.${LOCAL_DOMAIN},${segment.interface}${family(segment)}`,
    ]),
  ];
}

/** Without `tftp-no-fail`: a missing loader directory is a fault that must be seen, not a boot that hangs later. */
function tftpLines({ segments, tftpRoot, maxTftpTransfers }: DnsmasqSettings): string[] {
  return [`enable-tftp=${segments.map((segment) => segment.interface).join(',')}`, `tftp-root=${tftpRoot}`, `tftp-max=${maxTftpTransfers}`];
}

/**
 * `no-ping`: the ping check costs 3 s per lease and blocks everybody. `leasefile-ro`: no file is rewritten per lease.
 * `dhcp-ignore-clid`: ROM, iPXE and Linux send different client identifiers; by MAC, a machine keeps one address.
 */
function leaseLines({ hostsFile, maxLeases }: DnsmasqSettings): string[] {
  return ['no-ping', 'leasefile-ro', 'dhcp-ignore-clid', 'dhcp-ignore-names', `dhcp-lease-max=${maxLeases}`, `dhcp-hostsfile=${hostsFile}`];
}

function rangeLine(segment: Segment, index: number, { leaseSeconds }: DnsmasqSettings): string {
  const mask = netmask(segment.prefixLength);
  if (segment.dhcp === 'proxy') {
    return `dhcp-range=set:${tagOf(index)},${networkAddress(segment)},proxy,${mask}`;
  }
  return `dhcp-range=set:${tagOf(index)},${segment.rangeFirst},${segment.rangeLast},${mask},${leaseSeconds}`;
}

/** By a tag of their address alone: a `dhcp-host` line would take the place of the one that keeps their address. */
function renewingLines({ renewing = [] }: DnsmasqSettings): string[] {
  if (renewing.length === 0) return [];
  return [...renewing.map((mac) => `dhcp-mac=set:renewing,${mac}`), 'tag-if=set:answered,tag:renewing'];
}

/** `known`: machines of the hosts file and of `dhcp-host` lines (dnsmasq(8), dhcp-ignore). */
function knownLines({ knownOnly }: DnsmasqSettings): string[] {
  const macs = knownOnly?.();
  return macs === undefined ? [] : ['dhcp-ignore=tag:!known', ...macs.map((mac) => `dhcp-host=${mac},set:seen-before`)];
}

/** 0.0.0.0 means dnsmasq's own address there. 175/176 tells iPXE not to wait for a proxy DHCP server. */
function optionLines(): string[] {
  return [
    'dhcp-option=option:router',
    'dhcp-option=tag:netboot,option:dns-server,0.0.0.0',
    'dhcp-option=tag:!netboot,option:dns-server',
    'dhcp-option=tag:ipxe,encap:175,176,1b',
    'dhcp-option-force=tag:http-client,option:vendor-class,HTTPClient',
  ];
}

/** Without a family the name has the interface's IPv6 address too. */
function family({ ipv6 }: Segment): string {
  return ipv6 === undefined ? '/4' : '';
}
