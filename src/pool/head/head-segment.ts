import { ReconError } from '../../domain/errors.ts';
import { ipv4FromNumber, parseSubnet, subnetSet } from '../../domain/ip-address.ts';
import type { Segment } from '../../domain/network.ts';
import type { Pool } from '../../domain/pool/pool.ts';
import { type PoolNetwork, parseAddressRange } from '../../domain/pool/pool-settings.ts';
import { listInterfaces } from '../../platform/network/interfaces.ts';

export interface HeadNetwork {
  name: string;
  network: PoolNetwork;
}

/** The pool's network on an interface. @throws ReconError `usage` when it has none */
export function networkOn({ settings: { networks = {} } }: Pick<Pool, 'settings'>, interfaceName: string): HeadNetwork {
  const [name, network] = Object.entries(networks).find(([, one]) => one.interface === interfaceName) ?? [];
  if (name !== undefined && network !== undefined) return { name, network };
  const others = Object.values(networks).map((one) => one.interface);
  throw new ReconError('usage', `the pool has no network on ${interfaceName}`, {
    hint:
      others.length > 0
        ? `It has networks on ${others.join(', ')}.`
        : `Write into pool.yaml: networks: { private: { interface: ${interfaceName}, subnet: 10.10.0.0/16 } }`,
  });
}

/**
 * The head's own place in a network: the address that the interface has there already, or the first one.
 * @throws ReconError `usage` when that address is a node's
 */
export async function headSegment(pool: Pick<Pool, 'nodes'>, { network }: HeadNetwork): Promise<Segment> {
  const { first = 0, prefixLength = 24 } = parseSubnet(network.subnet) ?? {};
  const inside = subnetSet([network.subnet]);
  const facts = (await listInterfaces()).find(({ name }) => name === network.interface);
  if (facts === undefined) throw new ReconError('not-found', `this machine has no interface ${network.interface}`);
  const address = facts.addresses.find((one) => inside.contains(one.address))?.address ?? ipv4FromNumber(first + 1);
  const owner = [...pool.nodes].find(([, node]) => node.address === address)?.[0];
  if (owner !== undefined)
    throw new ReconError('usage', `${address} is the head node's own address in ${network.subnet}, and that of ${owner}`, {
      hint: `Give ${owner} another address.`,
    });
  const range = parseAddressRange(network.range ?? '') ?? { first: address, last: address };
  return { interface: network.interface, address, prefixLength, rangeFirst: range.first, rangeLast: range.last };
}
