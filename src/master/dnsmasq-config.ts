import { CLIENT_ARCHITECTURES } from '../domain/firmware.ts';
import { MASTER_HOST_NAME, PEER_VENDOR_CLASS, type Segment } from '../domain/network.ts';

export interface DnsmasqSettings {
  segments: readonly Segment[];
  /** directory with the boot loaders */
  tftpRoot: string;
  /** `mac,address` lines of earlier leases, read at start, so that a restart never gives one address twice */
  hostsFile: string;
  leaseSeconds: number;
  maxLeases: number;
  maxTftpTransfers: number;
}

/** Path below which the master serves boot loaders to UEFI HTTP boot. */
export const LOADER_PATH = '/install/loader/';

/** Local DNS domain; systemd-resolved asks DNS for a bare `bang` only with a domain behind it. */
export const LOCAL_DOMAIN = 'recon.internal';

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
    section('DHCP: who is answered', answeredLines()),
    section('DHCP: firmware by option 93', matchLines()),
    section('DHCP: options', optionLines()),
    section('DHCP: boot files', segments.flatMap(bootLines)),
    // A section for DHCPv6 and router advertisements belongs here.
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string {
  return [`# ${title}`, ...lines, ''].join('\n');
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
      `interface-name=${MASTER_HOST_NAME},${segment.interface}/4`,
      `interface-name=${MASTER_HOST_NAME}.${LOCAL_DOMAIN},${segment.interface}/4`,
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
  return `dhcp-range=set:${tagOf(index)},${segment.rangeFirst},${segment.rangeLast},${netmask(segment.prefixLength)},${leaseSeconds}`;
}

function answeredLines(): string[] {
  return [
    'dhcp-vendorclass=set:netboot,PXEClient',
    'dhcp-vendorclass=set:netboot,HTTPClient',
    `dhcp-vendorclass=set:netboot,${PEER_VENDOR_CLASS}`,
    'dhcp-userclass=set:netboot,iPXE',
    'dhcp-ignore=tag:!netboot',
  ];
}

/** Option 175 is iPXE's own (iPXE's dhcp.h); a ROM with a changed user class still has it. */
function matchLines(): string[] {
  return [
    'dhcp-userclass=set:ipxe,iPXE',
    'dhcp-match=set:ipxe,175',
    'dhcp-vendorclass=set:http-client,HTTPClient',
    ...CLIENT_ARCHITECTURES.map(({ name, option93 }) => `dhcp-match=set:${name},option:client-arch,${option93}`),
  ];
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

function bootLines(segment: Segment, index: number): string[] {
  const boot = (tags: readonly string[], file: string): string =>
    `dhcp-boot=${[tagOf(index), ...tags].map((tag) => `tag:${tag}`).join(',')},${file},${MASTER_HOST_NAME},${segment.address}`;
  const loaders = CLIENT_ARCHITECTURES.flatMap(({ name, loader }) => {
    if (loader === undefined) return [];
    const file = name.endsWith('-http') ? `http://${segment.address}${LOADER_PATH}${loader}` : loader;
    return [boot([name, '!ipxe'], file)];
  });
  return [boot(['ipxe'], `http://${segment.address}/menu.ipxe`), ...loaders];
}

function tagOf(index: number): string {
  return `segment-${index}`;
}

function netmask(prefixLength: number): string {
  const bits = prefixLength === 0 ? 0 : (0xffffffff << (32 - prefixLength)) >>> 0;
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.');
}
