import type { InfinibandDevice } from '../../domain/record/infiniband.ts';
import type { LldpNeighbour } from '../../domain/record/network.ts';
import { parseIbstat } from '../tools/ibstat-text.ts';
import type { IpInterface } from '../tools/ip/interface.ts';
import { parseIp, withLinks } from '../tools/ip/ip.ts';
import { parseLldpctl } from '../tools/lldpctl/lldpctl.ts';
import { type EthtoolReading, readEthtool } from './ethtool.ts';
import { type Makers, onceEach } from './lazily.ts';
import type { ToolOutputs } from './tool-outputs.ts';

/** What the tools say of network interfaces. */
export interface NetworkReadings {
  /** by interface name, as are the next two */
  readonly ipAddress: ReadonlyMap<string, IpInterface>;
  readonly ipLink: ReadonlyMap<string, IpInterface>;
  readonly lldpctl: ReadonlyMap<string, LldpNeighbour[]>;
  readonly ethtool: (nic: string) => EthtoolReading;
  readonly ibstat: readonly InfinibandDevice[];
}

/** How each of them is made. */
export function networkReadings({ bytes, text }: ToolOutputs): Makers<NetworkReadings> {
  return {
    ipAddress: ({ ipLink }) => withLinks(parseIp(bytes('ip-address')), ipLink),
    ipLink: () => parseIp(bytes('ip-link')),
    lldpctl: () => parseLldpctl(bytes('lldpctl')),
    ethtool: () => onceEach((nic) => readEthtool(text, nic)),
    ibstat: () => parseIbstat(text('ibstat')),
  };
}
