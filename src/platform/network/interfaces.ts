import { readdir, readlink, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type MacAddress, parseMac } from '../../domain/values/mac.ts';
import { errorCode, readOrUndefined } from '../files/files.ts';
import { type Argv, runOk } from '../process/command.ts';
import { type InterfaceAddress, parseAddresses, parseDefaultRoutes } from './interfaces-json.ts';

/** What the kernel knows of a network interface without asking the network. */
export interface Link {
  name: string;
  index: number;
  mac: MacAddress | undefined;
  /** false while the interface is down, because then nobody knows */
  hasCarrier: boolean;
  /** how often the link came or went since boot */
  carrierChanges: number;
  /** Ethernet by hardware type, and no wireless one */
  isEthernet: boolean;
  /** a device is behind it: not a bridge, bond, VLAN, veth, tap … */
  isPhysical: boolean;
  /** it is a port of this bridge or bond */
  master: string | undefined;
  driver: string | undefined;
}

export interface InterfaceFacts extends Link {
  addresses: InterfaceAddress[];
  hasDefaultRoute: boolean;
}

const CLASS = '/sys/class/net';
/** Milliseconds of work; ten seconds were not enough on a machine that took its own inventory and had one slow processor. */
const COMMAND = { timeoutMs: 30_000 };

/** All interfaces but the loopback, by index. Reads /sys only, so it may be asked often. */
export async function listLinks(): Promise<Link[]> {
  const links = await Promise.all((await readdir(CLASS)).map(readLink));
  return links.filter((link) => link !== undefined).sort((one, other) => one.index - other.index);
}

/**
 * All interfaces with their addresses and whether a default route (IPv4 or IPv6, any table) leads over them.
 * @throws ReconError `command-failed` when `ip` is missing or fails
 */
export async function listInterfaces(): Promise<InterfaceFacts[]> {
  const [links, addresses, routes4, routes6] = await Promise.all([
    listLinks(),
    ip('-j', 'address', 'show'),
    ip('-4', '-j', 'route', 'show', 'table', 'all'),
    ip('-6', '-j', 'route', 'show', 'table', 'all'),
  ]);
  const byName = parseAddresses(addresses);
  const defaults = new Set([...parseDefaultRoutes(routes4), ...parseDefaultRoutes(routes6)]);
  return links.map((link) => ({ ...link, addresses: byName.get(link.name) ?? [], hasDefaultRoute: defaults.has(link.name) }));
}

/** @throws ReconError `command-failed` when there is no such interface */
export async function setUp(name: string): Promise<void> {
  await ip('link', 'set', 'dev', name, 'up');
}

/** @throws ReconError `command-failed` when there is no such interface */
export async function setDown(name: string): Promise<void> {
  await ip('link', 'set', 'dev', name, 'down');
}

/** Makes a sub-interface for the tagged frames of a VLAN. @throws ReconError `command-failed`, for example when the kernel knows no VLANs */
export async function addVlan(parent: string, vlanId: number, name: string): Promise<void> {
  await ip('link', 'add', 'link', parent, 'name', name, 'type', 'vlan', 'id', String(vlanId));
}

/** Takes a virtual interface away. @throws ReconError `command-failed` when there is none */
export async function removeLink(name: string): Promise<void> {
  await ip('link', 'del', 'dev', name);
}

/**
 * Gives the interface an address; no error when it has it already. An IPv6 address is used at once, without asking the segment whether
 * somebody has it (RFC 4862 5.4): that takes a second in which nothing can be bound to it.
 * @throws ReconError `command-failed`
 */
export async function addAddress(name: string, address: string, prefixLength: number): Promise<void> {
  const family = address.includes(':') ? ['nodad'] : ['broadcast', '+'];
  await ip('address', 'replace', `${address}/${prefixLength}`, ...family, 'dev', name);
}

/** @throws ReconError `command-failed` when the interface does not have that address */
export async function removeAddress(name: string, address: string, prefixLength: number): Promise<void> {
  await ip('address', 'del', `${address}/${prefixLength}`, 'dev', name);
}

/**
 * Keeps the kernel from sending anything by itself on an interface that is up without an address: no IPv6 (link-local address,
 * neighbour and router discovery), and no ARP answers for addresses of other interfaces (arp_ignore, ip-sysctl.rst).
 * @throws the system's error when the settings may not be written
 */
export async function keepSilent(name: string): Promise<void> {
  await writeSetting(`ipv6/conf/${name}/accept_ra`, '0');
  await writeSetting(`ipv6/conf/${name}/autoconf`, '0');
  await writeSetting(`ipv6/conf/${name}/disable_ipv6`, '1');
  await writeSetting(`ipv4/conf/${name}/arp_ignore`, '1');
}

/**
 * Ends {@link keepSilent} for IPv6: the interface gets its link-local address, usable at once. Router advertisements stay ignored.
 * False when this kernel has no IPv6.
 */
export async function allowIpv6(name: string): Promise<boolean> {
  if ((await readOrUndefined(`/proc/sys/net/ipv6/conf/${name}/disable_ipv6`)) === undefined) return false;
  await writeSetting(`ipv6/conf/${name}/accept_dad`, '0');
  await writeSetting(`ipv6/conf/${name}/disable_ipv6`, '0');
  return true;
}

/** Takes all IPv6 addresses off the interface, and keeps the kernel from making new ones. */
export async function forbidIpv6(name: string): Promise<void> {
  await writeSetting(`ipv6/conf/${name}/disable_ipv6`, '1');
}

async function readLink(name: string): Promise<Link | undefined> {
  const read = async (file: string) => (await readOrUndefined(`${CLASS}/${name}/${file}`))?.toString('utf8').trim();
  const index = Number(await read('ifindex'));
  const type = await read('type');
  if (!Number.isInteger(index) || index === 0 || type === undefined || type === LOOPBACK) return undefined;
  return {
    name,
    index,
    mac: parseMac((await read('address')) ?? ''),
    hasCarrier: (await read('carrier')) === '1',
    carrierChanges: Number((await read('carrier_changes')) ?? 0),
    isEthernet: type === ETHERNET && (await linkTarget(`${CLASS}/${name}/phy80211`)) === undefined,
    isPhysical: (await linkTarget(`${CLASS}/${name}/device`)) !== undefined,
    master: await linkTarget(`${CLASS}/${name}/master`),
    driver: await linkTarget(`${CLASS}/${name}/device/driver`),
  };
}

/** Hardware types as in linux/if_arp.h. */
const ETHERNET = '1';
const LOOPBACK = '772';

async function linkTarget(path: string): Promise<string | undefined> {
  try {
    return basename(await readlink(path));
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EINVAL') return undefined;
    throw error;
  }
}

async function ip(...args: string[]): Promise<string> {
  const argv: Argv = ['ip', ...args];
  return runOk(argv, COMMAND);
}

/** A kernel without IPv6 has no such files, and then there is nothing to keep silent. */
async function writeSetting(path: string, value: string): Promise<void> {
  try {
    await writeFile(`/proc/sys/net/${path}`, value, { flag: 'r+' });
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}
