import type { BmcSection } from '../../domain/record/bmc.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful } from '../../domain/values/placeholder.ts';
import { wholeNumber } from '../../domain/values/text.ts';
import type { Readings } from '../readings/readings.ts';
import { nonEmpty } from '../values/non-empty.ts';
import { lastPossibleDay } from '../values/possible-day.ts';
import { type CommandLog, noData, ok, type SectionResult } from '../values/section.ts';
import { readIpv6, readLan } from './bmc-lan.ts';
import { withPossibleTimes } from './event-log-times.ts';
import { readFru } from './fru/fru.ts';

/** The BMC by what it tells its own host. Absent on machines without one. */
export function normaliseBmc({ ipmi }: Pick<Readings, 'ipmi'>, log: CommandLog): SectionResult<BmcSection> {
  const { controller, users, sensors, eventLog } = ipmi;
  const data = definedOnly<BmcSection>({
    firmware: meaningful(controller.get('Firmware Revision')),
    ipmiVersion: meaningful(controller.get('IPMI Version')),
    manufacturer: knownName(controller.get('Manufacturer Name')),
    product: knownName(controller.get('Product Name')),
    ...readLan(ipmi.lans),
    ipv6Addresses: nonEmpty(readIpv6(ipmi.ipv6)),
    userSlots: wholeNumber(users.get('Maximum IDs')),
    usersEnabled: wholeNumber(users.get('Enabled User Count')),
    fru: nonEmpty(ipmi.frus.map(readFru)),
    sensors,
    eventLog: eventLog === undefined ? undefined : withPossibleTimes(eventLog, lastPossibleDay(log)),
  });
  return Object.keys(data).length > 0 ? ok(data) : noData(log, ['ipmi-mc-info', 'ipmi-lan-print', 'ipmi-fru-print']);
}

/** `Unknown (0xA741)` is a number that ipmitool has no name for; the number is in the capture. */
function knownName(raw: string | undefined): string | undefined {
  return /^unknown\b/i.test(raw ?? '') ? undefined : meaningful(raw);
}
