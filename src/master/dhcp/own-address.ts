import { ReconError } from '../../domain/errors.ts';
import { isLoopback, subnetOf, subnetSet } from '../../domain/ip-address.ts';
import type { Segment } from '../../domain/network.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import { neighbourOf } from '../../platform/network/neighbours.ts';
import type { Leases } from './leases.ts';

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

/** Whether an address is that machine's by more than its own word. */
export type HoldsAddress = (mac: MacAddress, address: string) => Promise<boolean>;

interface AddressHolderInput {
  leases: Pick<Leases, 'addressOf'>;
  segments: () => readonly Segment[];
  /** the hardware address that the kernel last heard an address from */
  neighbour?: (address: string) => Promise<MacAddress | undefined>;
}

/** By a lease of ours; beside another server, whose leases nobody tells us, by the hardware address that answers there. */
export function addressHolder({ leases, segments, neighbour = neighbourOf }: AddressHolderInput): HoldsAddress {
  return async (mac, address) => {
    // what runs on this machine may do more than that
    if (leases.addressOf(mac) === address || isLoopback(address)) return true;
    const proxied = segments().filter(({ dhcp }) => dhcp === 'proxy');
    return subnetSet(proxied.map(subnetOf)).contains(address) && (await neighbour(address)) === mac;
  };
}
