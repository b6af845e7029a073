import type { Capture } from '../domain/capture.ts';
import type { BmcSection, Fru } from '../domain/node-record.ts';
import { parseFruBlocks, parseIpmitool } from './ipmitool-text.ts';
import { meaningful, meaningfulIdentity } from './placeholder.ts';
import { noData, ok, present, type SectionResult } from './section.ts';
import { decodeText } from './text.ts';

/** The BMC by `ipmitool mc info`, `lan print 1` and `fru print`. Absent on machines without one. */
export function normaliseBmc(capture: Capture): SectionResult<BmcSection> {
  const info = parseIpmitool(decodeText(capture.output('ipmi-mc-info')));
  const lan = parseIpmitool(decodeText(capture.output('ipmi-lan-print')));
  const fru = parseFruBlocks(decodeText(capture.output('ipmi-fru-print'))).map(readFru);
  const data = present<BmcSection>({
    firmware: meaningful(info.get('Firmware Revision')),
    ipmiVersion: meaningful(info.get('IPMI Version')),
    manufacturer: knownName(info.get('Manufacturer Name')),
    product: knownName(info.get('Product Name')),
    address: address(lan.get('IP Address')),
    mac: address(lan.get('MAC Address'))?.toLowerCase(),
    subnetMask: address(lan.get('Subnet Mask')),
    gateway: address(lan.get('Default Gateway IP')),
    addressSource: meaningful(lan.get('IP Address Source')),
    vlan: vlan(lan.get('802.1q VLAN ID')),
    fru: fru.length > 0 ? fru : undefined,
  });
  return Object.keys(data).length > 0 ? ok(data) : noData(capture, ['ipmi-mc-info', 'ipmi-lan-print', 'ipmi-fru-print']);
}

function readFru({ description, fields }: { description: string; fields: ReadonlyMap<string, string> }): Fru {
  return present<Fru>({
    name: description,
    boardManufacturer: meaningful(fields.get('Board Mfg')),
    boardProduct: meaningful(fields.get('Board Product')),
    boardSerial: meaningfulIdentity(fields.get('Board Serial')),
    boardPartNumber: meaningful(fields.get('Board Part Number')),
    productManufacturer: meaningful(fields.get('Product Manufacturer')),
    productName: meaningful(fields.get('Product Name')),
    productPartNumber: meaningful(fields.get('Product Part Number')),
    productSerial: meaningfulIdentity(fields.get('Product Serial')),
    productAssetTag: meaningfulIdentity(fields.get('Product Asset Tag')),
    chassisType: meaningful(fields.get('Chassis Type')),
    chassisPartNumber: meaningful(fields.get('Chassis Part Number')),
    chassisSerial: meaningfulIdentity(fields.get('Chassis Serial')),
  });
}

/** `Unknown (0xA741)` is a number that ipmitool has no name for; the number is in the capture. */
function knownName(raw: string | undefined): string | undefined {
  return /^unknown\b/i.test(raw ?? '') ? undefined : meaningful(raw);
}

function address(raw: string | undefined): string | undefined {
  const value = meaningful(raw);
  return value === undefined || /^[0.:]+$/.test(value) ? undefined : value;
}

function vlan(raw: string | undefined): string | undefined {
  return /^disabled$/i.test(raw ?? '') ? undefined : meaningful(raw);
}
