import { ReconError } from './errors.ts';
import { ipv4FromNumber, ipv4Number, isIpv4, networkAddress, subnetOf } from './ip-address.ts';
import { planIpv6, planSegment, type Segment } from './network.ts';
import type { NetworkSettings } from './network-settings.ts';

/** A range of addresses that a segment may be served with. */
export interface SegmentRange {
  /** its place in the row of ranges, as {@link planSegment} counts */
  number: number;
  /** `10.77.0.0/16` */
  subnet: string;
  /** the master's own address first, then those that machines are given first, then the master's IPv6 address; nobody may have one of them */
  addresses: readonly [own: string, ...others: string[]];
}

/** So many of the pool are asked for: a network that has its machines there has one of the first. */
const ASKED_OF_POOL = 2;

/** The n-th range; undefined when there is none. */
export function segmentRange(number: number, settings: NetworkSettings): SegmentRange | undefined {
  try {
    const { address, prefixLength, rangeFirst } = planSegment('', number, settings);
    const first = ipv4Number(rangeFirst);
    const pool = Array.from({ length: ASKED_OF_POOL }, (_, at) => ipv4FromNumber(first + at));
    const ipv6 = settings.ipv6 ? [planIpv6(number).address] : [];
    return { number, subnet: subnetOf({ address, prefixLength }), addresses: [address, ...pool, ...ipv6] };
  } catch (error) {
    if (error instanceof ReconError && error.code === 'subnets-exhausted') return undefined;
    throw error;
  }
}

/** Whether an address lies behind the pool: those are left to people who plug in a laptop with an address of their own. */
export function isGuestAddress(address: string, settings: NetworkSettings): boolean {
  if (!isIpv4(address)) return false;
  const { address: own, prefixLength, rangeLast } = planSegment('', 0, settings);
  const inRange = (text: string): number => ipv4Number(text) - ipv4Number(networkAddress({ address: text, prefixLength }));
  return inRange(address) > inRange(rangeLast) && ipv4Number(address) > ipv4Number(own);
}

/**
 * The address that a person gives a laptop on a segment, with the prefix length of that network: `10.77.255.2/16`. It lies behind the pool, so that
 * no machine is given it, and does not count as a stranger's. Undefined beside another DHCP server, which gives the laptop one.
 */
export function guestAddress(segment: Pick<Segment, 'address' | 'prefixLength' | 'rangeLast' | 'dhcp'>): string | undefined {
  if (segment.dhcp === 'proxy') return undefined;
  const end = ipv4Number(networkAddress(segment)) + 2 ** (32 - segment.prefixLength);
  const behind = ipv4Number(segment.rangeLast);
  // of a network of many hundreds one that is easily said; the last address is the network's broadcast
  const roundNumber = end - 256 + 2;
  const guest = roundNumber > behind + 1 ? roundNumber : Math.min(behind + 2, end - 2);
  return guest > behind ? `${ipv4FromNumber(guest)}/${segment.prefixLength}` : undefined;
}
