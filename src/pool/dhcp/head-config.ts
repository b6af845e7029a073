import type { LoadedArchitecture } from '../../domain/firmware.ts';
import { netmask, networkAddress } from '../../domain/ip-address.ts';
import { MASTER_HOST_NAME, type Segment } from '../../domain/network.ts';
import { type PoolNetwork, parseAddressRange } from '../../domain/pool/pool-settings.ts';
import { answeredLines, LOADER_PATH } from '../../master/dhcp/dnsmasq/config-boot.ts';

export interface HeadDhcp {
  /** the head's own place in the network */
  segment: Pick<Segment, 'interface' | 'address' | 'prefixLength'>;
  network: Pick<PoolNetwork, 'range' | 'domain' | 'leaseSeconds' | 'router'>;
  /** `hosts`: a directory with one file a node, seen at once when it changes; `leases`: dnsmasq's own file of what it has given */
  files: { hosts: string; leases: string };
  /** directory with the boot loaders, and what of it is for which firmware */
  tftpRoot: string;
  architectures: readonly LoadedArchitecture[];
  httpPort: number;
}

const MOST_TFTP_TRANSFERS = 2000;
const MOST_LEASES = 65_536;

/**
 * Text of dnsmasq.conf of a head node (dnsmasq 2.90, dnsmasq(8)). Nodes are answered whatever they are, because their own DHCP clients renew; of all
 * others only those that boot from the network. Never authoritative: that would NAK the renewals of other people's machines.
 */
export function headDnsmasqConfig(input: HeadDhcp): string {
  const { segment, network, files } = input;
  return [
    section('process', ['keep-in-foreground', 'log-facility=-', 'log-dhcp', 'pid-file=']),
    section('interfaces', ['bind-dynamic', 'except-interface=lo', `interface=${segment.interface}`]),
    section('DNS: names of nodes and our own', dnsLines(input)),
    section('TFTP: boot loaders only', [
      `enable-tftp=${segment.interface}`,
      `tftp-root=${input.tftpRoot}`,
      `tftp-max=${MOST_TFTP_TRANSFERS}`,
    ]),
    section('DHCP: leases', [
      // as on the master: the ping check blocks everybody, and ROM, iPXE and Linux send different client identifiers
      ...['no-ping', `dhcp-leasefile=${files.leases}`, 'dhcp-ignore-clid', 'dhcp-ignore-names', `dhcp-lease-max=${MOST_LEASES}`],
      ...[`dhcp-hostsdir=${files.hosts}`, rangeLine(input)],
    ]),
    section('DHCP: who is answered, and firmware by option 93', ['tag-if=set:answered,tag:node', ...answeredLines(input.architectures)]),
    section('DHCP: options', [
      network.router === 'none' ? 'dhcp-option=option:router' : `dhcp-option=option:router,${network.router}`,
      'dhcp-option=option:dns-server,0.0.0.0',
      ...(network.domain === undefined ? [] : [`dhcp-option=option:domain-search,${network.domain}`]),
      'dhcp-option=tag:ipxe,encap:175,176,1b',
      'dhcp-option-force=tag:http-client,option:vendor-class,HTTPClient',
    ]),
    section('DHCP: boot files', bootFileLines(input)),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string {
  return [`# ${title}`, ...lines, ''].join('\n');
}

/** Where machines are told a way out, the names of the world are asked of the head's own resolvers; else nobody is asked. */
function dnsLines({ segment, network: { domain, router } }: HeadDhcp): string[] {
  const own = [MASTER_HOST_NAME, 'head'].flatMap((name) => [name, ...(domain === undefined ? [] : [`${name}.${domain}`])]);
  return [
    ...(router === 'none' ? ['no-resolv'] : ['resolv-file=/etc/resolv.conf']),
    ...['no-hosts', 'domain-needed', 'bogus-priv', 'localise-queries'],
    ...(domain === undefined ? [] : [`domain=${domain}`, `local=/${domain}/`, 'expand-hosts']),
    ...own.map((name) => `interface-name=${name},${segment.interface}/4`),
  ];
}

/** Without a range only nodes with an address of their own get one. */
function rangeLine({ segment, network: { range, leaseSeconds } }: HeadDhcp): string {
  const mask = netmask(segment.prefixLength);
  const parsed = range === undefined ? undefined : parseAddressRange(range);
  return parsed === undefined
    ? `dhcp-range=set:pool,${networkAddress(segment)},static,${mask},${leaseSeconds}`
    : `dhcp-range=set:pool,${parsed.first},${parsed.last},${mask},${leaseSeconds}`;
}

/** An iPXE that cannot fetch by HTTP, and gPXE, which cannot read what our scripts say, are handed iPXE first. */
function bootFileLines({ segment: { address }, architectures, httpPort }: HeadDhcp): string[] {
  const base = `http://${address}${httpPort === 80 ? '' : `:${httpPort}`}`;
  const line = (tags: string, file: string): string => `dhcp-boot=${tags},${file},${MASTER_HOST_NAME},${address}`;
  return [
    line('tag:ipxe', `${base}/menu.ipxe`),
    ...architectures.map(({ name, loader }) =>
      line(`tag:${name},tag:!ipxe`, name.endsWith('-http') ? `${base}${LOADER_PATH}${loader}` : loader),
    ),
  ];
}
