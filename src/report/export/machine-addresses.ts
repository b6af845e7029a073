import { ReconError } from '../../domain/errors.ts';
import { ipv4FromNumber, ipv4Number } from '../../domain/ip-address.ts';
import { bmcAddress } from './bmc-address.ts';

/**
 * One IPv4 address for each of so many machines, upwards from `first`, without those in `taken`. Addresses that end in 0 or 255 stay
 * free: in subnets of /24 and smaller ones they are those of the subnet itself and of its broadcast.
 * @throws ReconError `usage` when `first` is no address of a machine, or when the addresses of machines end too early
 */
export function machineAddresses(first: string, count: number, taken: ReadonlySet<string>): string[] {
  const begin = bmcAddress(first);
  if (begin === undefined)
    throw new ReconError('usage', `--first-address ${first} is not an IPv4 address of a machine`, { hint: 'for example 10.0.0.10' });
  const addresses: string[] = [];
  for (let next = ipv4Number(begin); addresses.length < count; next += 1) {
    const address = ipv4FromNumber(next);
    if (bmcAddress(address) === undefined)
      throw new ReconError(
        'usage',
        `--first-address ${first} leaves room for ${addresses.length} of ${count} machines: ${address} is none`,
        {
          hint: 'begin lower, for example at 10.0.0.10',
        },
      );
    if (!/\.(0|255)$/.test(address) && !taken.has(address)) addresses.push(address);
  }
  return addresses;
}
