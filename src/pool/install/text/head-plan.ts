import { ReconError } from '../../../domain/errors.ts';
import {
  type Ipv4Subnet,
  ipv4FromNumber,
  ipv4Number,
  parseInterfaceAddress,
  parseSubnet,
  subnetOf,
  subnetSet,
} from '../../../domain/ip-address.ts';
import { PoolDomain } from '../../../domain/pool/pool-settings.ts';

/** What is asked for when a server becomes a head node. */
export interface HeadPlan {
  /** interface of the diskless machines */
  private: string;
  /** interface of people, and of the world */
  public?: string;
  /** of the private side, `10.10.0.0/16` */
  subnet: string;
  /** the head's own there: the first one */
  address: string;
  prefixLength: number;
  domain: string;
  /** machines reach the world through the head */
  isNat: boolean;
}

/** Smaller ones have no room for a range, larger ones are a slip of the pen. */
const PREFIXES = { least: 8, most: 28 } as const;

/** The plan for a subnet. @throws ReconError `usage` for a subnet or a domain that cannot be served, or NAT without a public side */
export function headPlan(wanted: { private: string; public?: string; subnet: string; domain: string; isNat: boolean }): HeadPlan {
  const { prefixLength, first } = servedSubnet(wanted.subnet);
  if (!PoolDomain.safeParse(wanted.domain).success) {
    throw new ReconError('usage', `"${wanted.domain}" is no domain that machines can have names in`, {
      hint: '--domain cluster.internal; small letters, digits, dots, and dashes within',
    });
  }
  if (wanted.isNat && wanted.public === undefined) {
    throw new ReconError('usage', '--nat needs a way out', { hint: 'name the interface that leads to the world: --public eth0' });
  }
  return { ...wanted, subnet: `${ipv4FromNumber(first)}/${prefixLength}`, address: ipv4FromNumber(first + 1), prefixLength };
}

/** @throws ReconError `usage` */
function servedSubnet(text: string): Ipv4Subnet {
  const subnet = parseSubnet(text);
  const address = parseInterfaceAddress(text);
  if (subnet === undefined && address !== undefined)
    throw new ReconError('usage', `${text} is an address, and no subnet`, { hint: `--subnet ${subnetOf(address)}` });
  if (subnet === undefined || subnet.prefixLength < PREFIXES.least || subnet.prefixLength > PREFIXES.most)
    throw new ReconError('usage', `"${text}" is no subnet that a head node can serve`, {
      hint: `--subnet 10.10.0.0/16; IPv4, from /${PREFIXES.least} to /${PREFIXES.most}`,
    });
  const reserved = RESERVED.find(([block]) => subnetSet([block]).contains(ipv4FromNumber(subnet.first)));
  if (reserved !== undefined)
    throw new ReconError('usage', `${text} is ${reserved[1]}: no machine can have an address there`, { hint: '--subnet 10.10.0.0/16' });
  return subnet;
}

/** RFC 6890: what is no network of machines. */
const RESERVED = [
  ['0.0.0.0/8', 'for "this network"'],
  ['127.0.0.0/8', 'the loopback'],
  ['169.254.0.0/16', 'for addresses that machines give themselves'],
  ['224.0.0.0/3', 'for multicast, or reserved'],
] as const;

/** Addresses for machines without one of their own: near the end of the subnet, where nobody numbers by hand. */
export function dynamicRange({ subnet, prefixLength }: Pick<HeadPlan, 'subnet' | 'prefixLength'>): string {
  const first = ipv4Number(subnet.split('/')[0] ?? '');
  const part = (of256: number): number => first + Math.floor((2 ** (32 - prefixLength) * of256) / 256);
  const isWide = prefixLength < 24;
  return `${ipv4FromNumber(part(200) + (isWide ? 1 : 0))}-${ipv4FromNumber(part(251) - (isWide ? 2 : 1))}`;
}
