import type { Segment } from '../domain/network.ts';
import type { MacAddress } from '../domain/values/mac.ts';
import type { DnsmasqService } from './dhcp/dnsmasq/dnsmasq.ts';

/** What changes while a master runs and does not outlive it. */
export interface RunState {
  /** segments that are served now */
  segments: readonly Segment[];
  /** the name of this machine among the others, once its own record is made */
  ownMac: MacAddress | undefined;
  /** undefined until it is started; what it serves is always `segments` */
  dnsmasq: DnsmasqService | undefined;
}
