import { ReconError } from './errors.ts';
import { ipv4FromNumber, ipv4Number, isIpv4, networkAddress, subnetOf } from './ip-address.ts';
import { planIpv6, planSegment } from './network.ts';
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
