import { ReconError } from '../../domain/errors.ts';
import { parseInterfaceAddress, subnetOf } from '../../domain/ip-address.ts';
import type { NetworkSettings } from '../../domain/network-settings.ts';

/** What must be true of a segment before it may be served. */
export type Policy =
  /** nobody else is there */
  | { wanted: 'quiet' }
  /** one DHCP server is there, in the network of our address, and no other network-boot server */
  | { wanted: 'one-server'; address: string; subnet: string };

/** @throws ReconError `address-malformed` for proxy-dhcp with an address that is none, which the settings' schema refuses */
export function policyOf({ mode, address = '' }: NetworkSettings): Policy {
  if (mode !== 'proxy-dhcp') return { wanted: 'quiet' };
  const parsed = parseInterfaceAddress(address);
  if (parsed === undefined) throw new ReconError('address-malformed', `not an address with a prefix length: ${address}`);
  return { wanted: 'one-server', address: parsed.address, subnet: subnetOf(parsed) };
}
