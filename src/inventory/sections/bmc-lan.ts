import type { BmcSection } from '../../domain/record/bmc.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful } from '../../domain/values/placeholder.ts';
import type { IpmiReading, LanChannel } from '../readings/ipmi.ts';

type Lan = Pick<BmcSection, 'address' | 'mac' | 'subnetMask' | 'gateway' | 'addressSource' | 'vlan' | 'channel'>;

/** Of its own making: nobody behind a router can reach it (RFC 3927; RFC 4291 2.5.6). */
export function isLinkLocal(address: string): boolean {
  return /^169\.254\.|^fe[89ab][0-9a-f]:/i.test(address);
}

/**
 * The BMC's network, from the first LAN channel that has an address that others can reach, else one of any kind, else the first that has a MAC: vendors number channels as they like
 * (1 on most, 2 on iLO, 3 or 8 on others).
 */
export function readLan(channels: readonly LanChannel[]): Lan {
  const lans = channels.map(readChannel);
  const best =
    lans.find((lan) => lan.address !== undefined && !isLinkLocal(lan.address)) ??
    lans.find((lan) => lan.address !== undefined) ??
    lans.find((lan) => lan.mac !== undefined);
  return best ?? lans.find((lan) => size(lan) > 1) ?? {};
}

/** Addresses of `ipmitool lan6 print`; those that are not set or not in use are left out. */
export function readIpv6(blocks: IpmiReading['ipv6']): string[] {
  const found = blocks.flatMap((fields) => {
    const plain = address(fields.get('Address')?.replace(/\/\d+$/, ''));
    const isOff = /^no$/i.test(fields.get('Enabled') ?? '') || /^disabled$/i.test(fields.get('Status') ?? '');
    const whole = fields.get('Address');
    return plain === undefined || whole === undefined || isOff || !plain.includes(':') ? [] : [whole];
  });
  return [...new Set(found)].sort((a, b) => Number(isLinkLocal(a)) - Number(isLinkLocal(b)));
}

function readChannel({ channel, fields: lan }: LanChannel): Lan {
  const mac = address(lan.get('MAC Address'))?.toLowerCase();
  const data = definedOnly<Lan>({
    address: hostAddress(lan.get('IP Address')),
    mac: mac === undefined || /^(00:){5}00$|^(ff:){5}ff$/.test(mac) || /^.[13579bdf]/.test(mac) ? undefined : mac,
    subnetMask: address(lan.get('Subnet Mask')),
    gateway: hostAddress(lan.get('Default Gateway IP')),
    addressSource: meaningful(lan.get('IP Address Source')),
    vlan: vlan(lan.get('802.1q VLAN ID')),
    channel: undefined,
  });
  return size(data) === 0 ? {} : { ...data, channel };
}

function size(value: object): number {
  return Object.keys(value).length;
}

function address(raw: string | undefined): string | undefined {
  const value = meaningful(raw);
  return value === undefined || /^[0.:]+$/.test(value) ? undefined : value;
}

/** An address of one host: neither a group's nor everybody's, nor the machine's own loop (RFC 1122 3.2.1.3, RFC 5771). */
function hostAddress(raw: string | undefined): string | undefined {
  const value = address(raw);
  return value === undefined || /^(0|127|22[4-9]|2[3-5]\d)\./.test(value) ? undefined : value;
}

function vlan(raw: string | undefined): string | undefined {
  return /^disabled$/i.test(raw ?? '') ? undefined : meaningful(raw);
}
