import type { Capture } from '../../domain/capture.ts';
import type { BmcSection, Fru } from '../../domain/record/bmc.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../domain/values/placeholder.ts';
import { decodeText, wholeLines, wholeNumber } from '../../domain/values/text.ts';
import { parseFruBlocks, parseIpmitool } from '../tools/ipmitool-text.ts';
import { readEventLog } from '../tools/sel-text.ts';
import { parseSensors } from '../tools/sensors-text.ts';
import { noData, ok, type SectionResult } from '../values/section.ts';
import { readIpv6, readLan } from './bmc-lan.ts';

/** The BMC by what it tells its own host. Absent on machines without one. */
export function normaliseBmc(capture: Capture): SectionResult<BmcSection> {
  const text = (id: string): string => wholeLines(decodeText(capture.output(id)));
  const info = parseIpmitool(text('ipmi-mc-info'));
  const users = parseIpmitool(text('ipmi-user-summary'));
  const fru = parseFruBlocks(text('ipmi-fru-print')).map(readFru);
  const sensors = ['ipmi-sdr', 'ipmi-sensor'].map((id) => parseSensors(text(id))).find((found) => found.length > 0);
  const ipv6 = readIpv6(text('ipmi-lan6-print'));
  const data = definedOnly<BmcSection>({
    firmware: meaningful(info.get('Firmware Revision')),
    ipmiVersion: meaningful(info.get('IPMI Version')),
    manufacturer: knownName(info.get('Manufacturer Name')),
    product: knownName(info.get('Product Name')),
    ...readLan(capture),
    ipv6Addresses: ipv6.length > 0 ? ipv6 : undefined,
    userSlots: wholeNumber(users.get('Maximum IDs')),
    usersEnabled: wholeNumber(users.get('Enabled User Count')),
    fru: fru.length > 0 ? fru : undefined,
    sensors,
    eventLog: readEventLog(text('ipmi-sel-info'), text('ipmi-sel-elist')),
  });
  return Object.keys(data).length > 0 ? ok(data) : noData(capture, ['ipmi-mc-info', 'ipmi-lan-print', 'ipmi-fru-print']);
}

function readFru({ description, fields }: { description: string; fields: ReadonlyMap<string, string> }): Fru {
  return definedOnly<Fru>({
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
