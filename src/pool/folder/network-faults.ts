import { ipv4Number, parseSubnet, subnetSet } from '../../domain/ip-address.ts';
import type { Pool } from '../../domain/pool/pool.ts';
import { type PoolNetwork, parseAddressRange } from '../../domain/pool/pool-settings.ts';
import { eachInTurns, type Turns } from '../../platform/in-turns.ts';
import type { Contradiction } from './contradiction.ts';

export function networkFaults({ settings: { networks = {} } }: Pool): Turns<Contradiction[]> {
  return eachInTurns(Object.entries(networks), ([name, network]) => {
    const subnet = subnetSet([network.subnet]);
    const fault = (message: string): Contradiction[] => [{ of: `network ${name}`, message: `${name}: ${message}`, hint: undefined }];
    const range = network.range === undefined ? undefined : parseAddressRange(network.range);
    const isOutside = range !== undefined && !(subnet.contains(range.first) && subnet.contains(range.last));
    return [
      ...(isOutside ? fault(`range ${network.range} is not inside ${network.subnet}`) : []),
      ...(range !== undefined && ipv4Number(range.first) > ipv4Number(range.last)
        ? fault(`range ${network.range} ends before it begins`)
        : []),
      ...(network.router !== 'none' && !subnet.contains(network.router)
        ? fault(`router ${network.router} is not inside ${network.subnet}`)
        : []),
    ];
  });
}

/** A node's address lies in a network of the pool, outside of what is given to anybody. Without networks nothing is known to be wrong. */
export function strayAddresses({ settings: { networks = {} }, nodes }: Pool): Turns<Contradiction[]> {
  const all = Object.entries(networks).map(([home, network]) => ({ home, network, ...spanOf(network) }));
  return eachInTurns(nodes, ([name, { address }]) => {
    if (address === undefined || all.length === 0) return [];
    const fault = (message: string, hint: string): Contradiction[] => [
      { of: `node ${name}`, message: `address ${address} of ${name} ${message}`, hint },
    ];
    const number = ipv4Number(address);
    const found = all.find(({ first, last }) => number >= first && number <= last);
    if (found === undefined) return fault('is in no network of the pool', `networks: ${all.map((one) => one.network.subnet).join(', ')}`);
    const { home, network, first, last, dynamic } = found;
    if (number === first || number === last)
      return fault(`is the first or last of ${home}, which no machine can have`, `inside ${network.subnet}`);
    return dynamic !== undefined && number >= dynamic.first && number <= dynamic.last
      ? fault(`lies in the range of ${home} that anybody gets addresses of (${network.range})`, 'take one outside of it')
      : [];
  });
}

function spanOf({ subnet, range: text }: PoolNetwork): {
  first: number;
  last: number;
  dynamic: { first: number; last: number } | undefined;
} {
  const { first = 0, size = 0 } = parseSubnet(subnet) ?? {};
  const range = text === undefined ? undefined : parseAddressRange(text);
  const dynamic = range === undefined ? undefined : { first: ipv4Number(range.first), last: ipv4Number(range.last) };
  return { first, last: first + size - 1, dynamic };
}
