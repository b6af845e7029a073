import type { Capture } from '../../domain/capture.ts';
import type { BmcSection } from '../../domain/record/bmc.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful } from '../../domain/values/placeholder.ts';
import { decodeText, wholeLines, wholeNumber } from '../../domain/values/text.ts';
import { parseIpmitool } from '../tools/ipmitool-text.ts';

type Lan = Pick<BmcSection, 'address' | 'mac' | 'subnetMask' | 'gateway' | 'addressSource' | 'vlan' | 'channel'>;

/**
 * The BMC's network, from the first LAN channel that has an address, else the first that has a MAC: vendors number channels as they like
 * (1 on most, 2 on iLO, 3 or 8 on others). `ipmi-lan-print` is channel 1.
 */
export function readLan(capture: Capture): Lan {
  const ids = [...capture.index.commands.map((command) => command.id)]
    .filter((id) => /^ipmi-lan-print(-\d{1,2})?$/.test(id))
    .sort(byChannel);
  const lans = ids.map((id) => readChannel(wholeLines(decodeText(capture.output(id))), channelOf(id)));
  return (
    lans.find((lan) => lan.address !== undefined) ?? lans.find((lan) => lan.mac !== undefined) ?? lans.find((lan) => size(lan) > 1) ?? {}
  );
}

/** Addresses of `ipmitool lan6 print`; those that are not set or not in use are left out. */
export function readIpv6(text: string): string[] {
  const blocks = text.split(/^(?=\s*IPv6 (?:Static|Dynamic) Address \d+:)/m).map(parseIpmitool);
  const found = blocks.flatMap((fields) => {
    const plain = address(fields.get('Address')?.replace(/\/\d+$/, ''));
    const isOff = /^no$/i.test(fields.get('Enabled') ?? '') || /^disabled$/i.test(fields.get('Status') ?? '');
    const whole = fields.get('Address');
    return plain === undefined || whole === undefined || isOff || !plain.includes(':') ? [] : [whole];
  });
  return [...new Set(found)];
}

function readChannel(text: string, channel: number): Lan {
  const lan = parseIpmitool(text);
  const mac = address(lan.get('MAC Address'))?.toLowerCase();
  const data = definedOnly<Lan>({
    address: address(lan.get('IP Address')),
    mac,
    subnetMask: address(lan.get('Subnet Mask')),
    gateway: address(lan.get('Default Gateway IP')),
    addressSource: meaningful(lan.get('IP Address Source')),
    vlan: vlan(lan.get('802.1q VLAN ID')),
    channel: undefined,
  });
  return size(data) === 0 ? {} : { ...data, channel };
}

function channelOf(id: string): number {
  return wholeNumber(/-(\d+)$/.exec(id)?.[1]) ?? 1;
}

function byChannel(a: string, b: string): number {
  return channelOf(a) - channelOf(b);
}

function size(value: object): number {
  return Object.keys(value).length;
}

function address(raw: string | undefined): string | undefined {
  const value = meaningful(raw);
  return value === undefined || /^[0.:]+$/.test(value) ? undefined : value;
}

function vlan(raw: string | undefined): string | undefined {
  return /^disabled$/i.test(raw ?? '') ? undefined : meaningful(raw);
}
