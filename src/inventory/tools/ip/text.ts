import { cleanValue, wholeNumber } from '../../../domain/values/text.ts';
import { hardwareAddress } from '../../values/hardware-address.ts';
import type { IpInterface } from './interface.ts';

/** Interfaces of the text of `ip address` or `ip link`, with or without `-details` and `-oneline`. */
export function parseIpText(text: string): IpInterface[] {
  // -oneline writes a backslash where a line would end
  const lines = text.replaceAll('\\', '\n').split('\n');
  const blocks = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of lines) {
    const name = /^\d+: ([^\s:@]+)(?:@[^\s:]+)?(?::\s|\s+inet6?\s)/.exec(line)?.[1];
    if (name !== undefined) {
      current = blocks.get(name) ?? [];
      blocks.set(name, current);
    }
    current.push(line);
  }
  return [...blocks].map(([name, block]) => readInterface(name, block.join('\n')));
}

function readInterface(name: string, block: string): IpInterface {
  const find = (pattern: RegExp): string | undefined => cleanValue(pattern.exec(block)?.[1]);
  const [, kind] = DETAIL.exec(block) ?? [];
  const parent = find(/^\d+: [^\s:@]+@([^\s:]+):/m);
  return {
    name,
    linkType: find(/^\s+link\/(\S+)/m),
    kind,
    address: hardwareAddress(find(/^\s+link\/\S+ ([0-9a-f:]+)/im)),
    permanentAddress: hardwareAddress(find(/ perm(?:addr|_hwaddr) ([0-9a-f:]+)/i)),
    flags: find(/^\d+: \S+ <([^>\n]*)>/m)?.split(',') ?? [],
    mtuBytes: wholeNumber(find(/^\d+: .* mtu (\d+)/m)),
    memberOf: find(/^\d+: .* master (\S+)/m),
    // of a veth it is the number of the other end, in another namespace
    link: parent === undefined || /^(if\d+|NONE)$/.test(parent) ? undefined : parent,
    bondMode: find(/^\s+bond mode (\S+)/m),
    vlanId: wholeNumber(find(/^\s+vlan protocol \S+ id (\d+)/m)),
    addresses: [...block.matchAll(/^.*?\s+inet6? (\S+?)(?: peer \S+?)?(\/\d+)?(?=\s)(.*)$/gm)].flatMap(
      ([, local = '', prefix = '', rest = '']) => (/ scope link\b/.test(rest) ? [] : [`${local}${prefix}`]),
    ),
  };
}

/** What `-details` prints below the link: the kind, and what only that kind has. */
const DETAIL =
  /^ {4}(bond|bridge|vlan|veth|tun|macvlan|macvtap|ipvlan|vxlan|dummy|ifb|gretap|gre|ipip|sit|ip6tnl|wireguard|team|vrf|geneve|macsec|vti|vcan|can|nlmon|bareudp|openvswitch)\b(?!_)/m;
