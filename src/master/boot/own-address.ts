import { ReconError } from '../../domain/errors.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import type { Leases } from '../dhcp/leases.ts';

/**
 * Nobody asks in the name of another machine.
 * @throws ReconError `forbidden` when the address is leased to another machine, or the machine has a lease of another address
 */
export function requireOwnAddress(leases: Pick<Leases, 'addressOf' | 'leaseHolder'>, mac: MacAddress, address: string): void {
  const holder = leases.leaseHolder(address);
  if (holder !== undefined && holder !== mac) throw new ReconError('forbidden', `${address} is ${holder}, not ${mac}`);
  const leased = leases.addressOf(mac);
  if (leased !== undefined && leased !== address) throw new ReconError('forbidden', `${mac} has the address ${leased}, not ${address}`);
}
