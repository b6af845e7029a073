import { z } from 'zod';
import { count, optional, text } from './section.ts';

/** One FRU of `ipmitool fru print`; the keys are ours, the order is the BMC's. */
export const Fru = z.looseObject({
  name: text,
  boardManufacturer: optional.text,
  boardProduct: optional.text,
  boardSerial: optional.text,
  boardPartNumber: optional.text,
  productManufacturer: optional.text,
  productName: optional.text,
  productPartNumber: optional.text,
  productSerial: optional.text,
  productAssetTag: optional.text,
  chassisType: optional.text,
  chassisPartNumber: optional.text,
  chassisSerial: optional.text,
});
export type Fru = z.infer<typeof Fru>;

/** One row of `ipmitool sdr` or `sensor`. */
export const Sensor = z.looseObject({
  name: text,
  status: optional.text.meta({ description: 'as printed: ok, ns, nc, cr, nr …' }),
  value: z.number().exactOptional(),
  unit: optional.text,
  text: optional.text.meta({ description: 'the reading of a sensor that has states instead of a value' }),
  entity: optional.text,
});
export type Sensor = z.infer<typeof Sensor>;

/** The event log in numbers; the severity is judged by the event's words (IPMI 2.0, table 42-3). */
export const EventLog = z.looseObject({
  entries: optional.count,
  percentUsed: optional.count,
  overflow: optional.flag,
  lastAdded: optional.text,
  lastErased: optional.text,
  readEntries: optional.count.meta({ description: 'entries that the counts below are of: the newest' }),
  critical: optional.count,
  warning: optional.count,
  other: optional.count,
  newestCritical: z.array(z.looseObject({ time: optional.text, sensor: text, event: text })).exactOptional(),
});
export type EventLog = z.infer<typeof EventLog>;

/** From `ipmitool mc info`, `lan print`, `fru print`; read only. */
export const BmcSection = z.looseObject({
  firmware: optional.text,
  ipmiVersion: optional.text,
  manufacturer: optional.text,
  product: optional.text,
  address: optional.text,
  mac: optional.text,
  subnetMask: optional.text,
  gateway: optional.text,
  addressSource: optional.text,
  vlan: optional.text,
  channel: count.exactOptional().meta({ description: 'LAN channel that the address is of' }),
  ipv6Addresses: z.array(text).exactOptional(),
  userSlots: optional.count,
  usersEnabled: optional.count.meta({ description: 'how many, never who' }),
  sensors: z.array(Sensor).exactOptional(),
  eventLog: EventLog.exactOptional(),
  fru: z.array(Fru).exactOptional(),
});
export type BmcSection = z.infer<typeof BmcSection>;
