import type { EventLog, Sensor } from '../../domain/record/bmc.ts';
import { wholeNumber } from '../../domain/values/text.ts';
import { type FruBlock, parseFruBlocks, parseIpv6Blocks } from '../tools/ipmitool-text.ts';
import { readEventLog } from '../tools/sel-text.ts';
import { parseSensors } from '../tools/sensors-text.ts';
import { keyValueLines } from '../values/key-value-lines.ts';

type Fields = ReadonlyMap<string, string>;

/** What the calls of ipmitool say of the BMC. */
export interface IpmiReading {
  /** `mc info` */
  controller: Fields;
  /** `user summary` */
  users: Fields;
  frus: readonly FruBlock[];
  /** of `sdr`, else of `sensor`; undefined when neither has a row */
  sensors: Sensor[] | undefined;
  /** `lan print`, by channel */
  lans: readonly LanChannel[];
  /** the blocks of `lan6 print` that describe an address */
  ipv6: readonly Fields[];
  eventLog: EventLog | undefined;
}

/** What one LAN channel of the BMC says of itself. */
export interface LanChannel {
  channel: number;
  fields: Fields;
}

/** `ids` are those of the commands that ran, `text` has the whole lines that each printed. */
export function readIpmi(ids: readonly string[], text: (id: string) => string): IpmiReading {
  const lans = ids
    .filter((id) => /^ipmi-lan-print(-\d{1,2})?$/.test(id))
    .map((id) => ({ channel: channelOf(id), fields: keyValueLines(text(id)) }));
  return {
    controller: keyValueLines(text('ipmi-mc-info')),
    users: keyValueLines(text('ipmi-user-summary')),
    frus: parseFruBlocks(text('ipmi-fru-print')),
    sensors: ['ipmi-sdr', 'ipmi-sensor'].map((id) => parseSensors(text(id))).find((found) => found.length > 0),
    lans: lans.sort((a, b) => a.channel - b.channel),
    ipv6: parseIpv6Blocks(text('ipmi-lan6-print')),
    eventLog: readEventLog(text('ipmi-sel-info'), text('ipmi-sel-elist')),
  };
}

/** `ipmi-lan-print` is channel 1. */
function channelOf(id: string): number {
  return wholeNumber(/-(\d+)$/.exec(id)?.[1]) ?? 1;
}
