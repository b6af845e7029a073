import { addressFromBytes, ipv4Bytes, subnetOf } from '../../../domain/ip-address.ts';
import { SEGMENT_PREFIX } from '../../../domain/network-settings.ts';
import { type MacAddress, macBytes, macFromBytes } from '../../../domain/values/mac.ts';
import type { DhcpMessage } from './dhcp-packet.ts';

/** A master that serves a segment: whatever is heard from its hardware address, or out of its network, is explained by it. */
export interface ServingMaster {
  mac: MacAddress;
  /** the network that it gives addresses of, `10.77.0.0/16`; undefined beside another server */
  subnet?: string;
}

/** An option of nobody (224 to 254 are for private use, RFC 3942): a word of ours, the sender's hardware address, its network and prefix length. */
const OPTION = 224;
const WORD = new TextEncoder().encode('RECON');

/** As an option of a probe. */
export function servingOption({ mac, subnet }: ServingMaster): [code: number, value: Uint8Array] {
  const [network, prefixLength] = subnet?.split('/') ?? [];
  const place = network === undefined ? [] : [...ipv4Bytes(network), Number(prefixLength)];
  return [OPTION, Uint8Array.of(...WORD, ...macBytes(mac), ...place)];
}

/** Read from a probe; undefined when it does not say. */
export function servingMasterOf({ options }: Pick<DhcpMessage, 'options'>): ServingMaster | undefined {
  const bytes = options.get(OPTION);
  if (bytes === undefined || bytes.length < WORD.length + 6 || !WORD.every((byte, at) => bytes[at] === byte)) return undefined;
  const [macEnd, addressEnd] = [WORD.length + 6, WORD.length + 10];
  const mac = macFromBytes(bytes.subarray(WORD.length, macEnd));
  const prefixLength = bytes[addressEnd];
  // a larger network would explain away everything that is heard
  if (prefixLength === undefined || prefixLength < SEGMENT_PREFIX.shortest || prefixLength > SEGMENT_PREFIX.longest) return { mac };
  return { mac, subnet: subnetOf({ address: addressFromBytes(bytes.subarray(macEnd, addressEnd)), prefixLength }) };
}
