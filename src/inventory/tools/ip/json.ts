import { hardwareAddress } from '../../values/hardware-address.ts';
import { asCount, asText, member, objects, parseToolJson } from '../../values/json-value.ts';
import type { IpInterface } from './interface.ts';

/** Interfaces of `ip -json address` or `link`. `ip` prints empty objects for those that a filter took away; they are skipped. */
export function parseIpJson(bytes: Uint8Array | undefined): IpInterface[] {
  return objects(parseToolJson(bytes)).flatMap((entry) => {
    const name = asText(entry['ifname']);
    return name === undefined ? [] : [readInterface(name, entry)];
  });
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
