import { z } from 'zod';
import { about, count, optional, text } from './section.ts';

const FRU = 'ipmitool fru print';
const SDR = 'ipmitool sdr elist full';
const SEL_INFO = 'ipmitool sel info';
const SEL = 'ipmitool sel elist';
const MC = 'ipmitool mc info';
const LAN = 'ipmitool lan print';
const USERS = 'ipmitool user summary';

/** One FRU; the keys are ours, the order is the BMC's. */
export const Fru = z.looseObject({
  name: text.meta(about('what the BMC calls it', `${FRU} FRU Device Description`)),
  boardManufacturer: optional.text.meta(about('maker of the board', `${FRU} Board Mfg`)),
  boardProduct: optional.text.meta(about('board', `${FRU} Board Product`)),
  boardSerial: optional.text.meta(about('serial number of the board', `${FRU} Board Serial`)),
  boardPartNumber: optional.text.meta(about('part number of the board', `${FRU} Board Part Number`)),
  productManufacturer: optional.text.meta(about('maker of the product', `${FRU} Product Manufacturer`)),
  productName: optional.text.meta(about('product', `${FRU} Product Name`)),
  productPartNumber: optional.text.meta(about('part number of the product', `${FRU} Product Part Number`)),
  productSerial: optional.text.meta(about('serial number of the product', `${FRU} Product Serial`)),
  productAssetTag: optional.text.meta(about('label that its owner gave it', `${FRU} Product Asset Tag`)),
  chassisType: optional.text.meta(about('form of the chassis', `${FRU} Chassis Type`)),
  chassisPartNumber: optional.text.meta(about('part number of the chassis', `${FRU} Chassis Part Number`)),
  chassisSerial: optional.text.meta(about('serial number of the chassis', `${FRU} Chassis Serial`)),
  memoryType: optional.text.meta(about('DDR3, DDR4 …, of a memory module', `${FRU} Memory Type`)),
  memoryBytes: optional.count.meta(about('size of the module', `${FRU} Memory size`)),
  memoryManufacturer: optional.text.meta(about('maker of the module', `${FRU} Manufacturer`)),
  memoryPartNumber: optional.text.meta(about('part number of the module', `${FRU} Part Number`)),
  memorySerial: optional.text.meta(about('serial number of the module', `${FRU} Serial Number`)),
});
export type Fru = z.infer<typeof Fru>;

export const Sensor = z.looseObject({
  name: text.meta(about('name of the sensor', SDR)),
  status: optional.text.meta(about('as printed: ok, ns, nc, cr, nr …', SDR)),
  value: z.number().exactOptional().meta(about('the reading', SDR)),
  unit: optional.text.meta(about('unit of the reading, as printed', SDR)),
  text: optional.text.meta(about('the reading of a sensor that has states instead of a value', SDR)),
  entity: optional.text.meta(about('part of the machine that it belongs to, as entity and instance', SDR)),
});
export type Sensor = z.infer<typeof Sensor>;

const CriticalEvent = z.looseObject({
  time: optional.text.meta(about("when, by the BMC's clock", SEL)),
  sensor: text.meta(about('sensor that reported it', SEL)),
  event: text.meta(about('what happened, as printed', SEL)),
});

/** The event log in numbers; the severity is judged by the event's words (IPMI 2.0, table 42-3). */
export const EventLog = z.looseObject({
  entries: optional.count.meta(about('entries in the log', `${SEL_INFO} Entries`)),
  percentUsed: optional.count.meta(about('how full it is', `${SEL_INFO} Percent Used`, '%')),
  overflow: optional.flag.meta(about('entries were lost because it was full', `${SEL_INFO} Overflow`)),
  lastAdded: optional.text.meta(about('when the newest entry was made', `${SEL_INFO} Last Add Time`)),
  lastErased: optional.text.meta(about('when it was erased', `${SEL_INFO} Last Del Time`)),
  impossibleTime: optional.text.meta(
    about(
      "a time that lies behind the day of the inventory, as printed: the BMC's clock was wrong, and such times are left out",
      `${SEL_INFO}, ${SEL}`,
    ),
  ),
  readEntries: optional.count.meta(about('entries that the counts below are of: the newest', SEL)),
  critical: optional.count.meta(about('critical entries', SEL)),
  warning: optional.count.meta(about('warnings', SEL)),
  other: optional.count.meta(about('all others', SEL)),
  newestCritical: z.array(CriticalEvent).exactOptional().meta(about('the newest critical entries', SEL)),
});
export type EventLog = z.infer<typeof EventLog>;

/** The BMC by what it tells its own host; read only. */
export const BmcSection = z.looseObject({
  firmware: optional.text.meta(about('firmware version', `${MC} Firmware Revision`)),
  ipmiVersion: optional.text.meta(about('version of IPMI', `${MC} IPMI Version`)),
  manufacturer: optional.text.meta(about('maker', `${MC} Manufacturer Name`)),
  product: optional.text.meta(about('product', `${MC} Product Name`)),
  address: optional.text.meta(about('IPv4 address', `${LAN} IP Address`)),
  mac: optional.text.meta(about('MAC address', `${LAN} MAC Address`)),
  subnetMask: optional.text.meta(about('subnet mask', `${LAN} Subnet Mask`)),
  gateway: optional.text.meta(about('default gateway', `${LAN} Default Gateway IP`)),
  addressSource: optional.text.meta(about('static, DHCP …', `${LAN} IP Address Source`)),
  vlan: optional.text.meta(about('VLAN that it is in', `${LAN} 802.1q VLAN ID`)),
  channel: count.exactOptional().meta(about('LAN channel that the address is of', `${LAN} 1, 2, 3, 8`)),
  ipv6Addresses: z.array(text).exactOptional().meta(about('IPv6 addresses in use, with prefix length', 'ipmitool lan6 print 1')),
  userSlots: optional.count.meta(about('users that it can have', `${USERS} Maximum IDs`)),
  usersEnabled: optional.count.meta(about('how many, never who', `${USERS} Enabled User Count`)),
  sensors: z
    .array(Sensor)
    .exactOptional()
    .meta(about('its sensors', `${SDR}, ipmitool sensor`)),
  eventLog: EventLog.exactOptional().meta(about('its event log in numbers', `${SEL_INFO}, ${SEL}`)),
  fru: z.array(Fru).exactOptional().meta(about('parts that it knows', FRU)),
});
export type BmcSection = z.infer<typeof BmcSection>;
