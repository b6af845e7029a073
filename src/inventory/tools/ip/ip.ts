import { decodeText, wholeLines } from '../../../domain/values/text.ts';
import { looksVirtual } from '../../values/virtual-interface.ts';
import type { IpInterface } from './interface.ts';
import { parseIpJson } from './json.ts';
import { parseIpText } from './text.ts';

/** Interfaces of `ip address` or `link`, as JSON or as text, by their names. */
export function parseIp(bytes: Uint8Array | undefined): Map<string, IpInterface> {
  const fromJson = parseIpJson(bytes);
  const interfaces = fromJson.length > 0 ? fromJson : parseIpText(wholeLines(decodeText(bytes)));
  const hasDetails = interfaces.some(({ kind, name }) => kind !== undefined && name !== 'lo');
  return new Map((hasDetails ? interfaces : withKinds(interfaces)).map((found) => [found.name, found]));
}

/**
 * Without `-details`, nothing says what the kernel made an interface as: flags, names and who is whose master do. What stays without a kind is
 * hardware.
 */
function withKinds(interfaces: readonly IpInterface[]): IpInterface[] {
  const masters = new Set(interfaces.map(({ memberOf }) => memberOf));
  return interfaces.map((found) => {
    if (found.flags.includes('MASTER')) return { ...found, kind: 'bond' };
    if (masters.has(found.name)) return { ...found, kind: 'bridge' };
    const id = /\.(\d{1,4})$/.exec(found.name)?.[1];
    if (id !== undefined && found.link !== undefined) return { ...found, kind: 'vlan', vlanId: Number(id) };
    const isTunnel = found.linkType !== undefined && /^(none|ppp|ipip|sit|tunnel6|gre|gre6)$/.test(found.linkType);
    return found.link !== undefined || isTunnel || looksVirtual(found.name, undefined) ? { ...found, kind: 'virtual' } : found;
  });
}

/** `ip -oneline address` has nothing but addresses: the rest is what `ip link` says. */
export function withLinks(addresses: ReadonlyMap<string, IpInterface>, links: ReadonlyMap<string, IpInterface>): Map<string, IpInterface> {
  return new Map(
    [...addresses].map(([name, found]) => {
      const link = links.get(name);
      return [name, link === undefined || found.linkType !== undefined ? found : { ...link, addresses: found.addresses }];
    }),
  );
}
