import { hardwareAddress } from '../values/hardware-address.ts';
import { asCount, asText, member, objects, parseToolJson } from '../values/json-value.ts';

/** One interface of `ip -json -details address` or `link`. */
export interface IpInterface {
  name: string;
  linkType: string | undefined;
  /** what the kernel made it as: bridge, veth, bond …; undefined for hardware */
  kind: string | undefined;
  address: string | undefined;
  permanentAddress: string | undefined;
  flags: string[];
  mtuBytes: number | undefined;
  /** bond or bridge that it is a member of */
  memberOf: string | undefined;
  /** what it lies on, of a VLAN */
  link: string | undefined;
  bondMode: string | undefined;
  vlanId: number | undefined;
  /** with prefix length, as printed, without link-local IPv6 */
  addresses: string[];
}

/** By interface name. `ip` prints empty objects for interfaces that a filter took away; they are skipped. */
export function parseIpJson(bytes: Uint8Array | undefined): Map<string, IpInterface> {
  const interfaces = new Map<string, IpInterface>();
  for (const entry of objects(parseToolJson(bytes))) {
    const name = asText(entry['ifname']);
    if (name !== undefined) interfaces.set(name, readInterface(name, entry));
  }
  return interfaces;
}

function readInterface(name: string, entry: Record<string, unknown>): IpInterface {
  return {
    name,
    linkType: asText(entry['link_type']),
    kind: asText(member(entry, 'linkinfo', 'info_kind')),
    address: hardwareAddress(asText(entry['address'])),
    permanentAddress:
      hardwareAddress(asText(entry['permaddr'])) ?? hardwareAddress(asText(member(entry, 'linkinfo', 'info_slave_data', 'perm_hwaddr'))),
    flags: Array.isArray(entry['flags']) ? entry['flags'].filter((flag) => typeof flag === 'string') : [],
    mtuBytes: asCount(entry['mtu']),
    memberOf: asText(entry['master']),
    link: asText(entry['link']),
    bondMode: asText(member(entry, 'linkinfo', 'info_data', 'mode')),
    vlanId: asCount(member(entry, 'linkinfo', 'info_data', 'id')),
    addresses: objects(entry['addr_info']).flatMap(addressOf),
  };
}

/** Every interface makes up its link-local IPv6 address from its MAC: it says nothing. */
function addressOf(info: Record<string, unknown>): string[] {
  const local = asText(info['local']);
  const prefixLength = asCount(info['prefixlen']);
  if (local === undefined || info['scope'] === 'link') return [];
  return [prefixLength === undefined ? local : `${local}/${prefixLength}`];
}
