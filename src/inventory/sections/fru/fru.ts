import type { Fru } from '../../../domain/record/bmc.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity, meaningfulLabel } from '../../../domain/values/placeholder.ts';
import type { FruBlock } from '../../tools/ipmitool-text.ts';
import { parseSize } from '../../values/tool-size.ts';

/** A field replaceable unit by what `ipmitool fru print` says: board, product and chassis area (IPMI FRU 1.3), or the SPD of a memory module. */
export function readFru({ description, fields }: FruBlock): Fru {
  const isModule = fields.has('Memory Type') || fields.has('SDRAM Capacity') || fields.has('Memory size');
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
    productAssetTag: meaningfulLabel(fields.get('Product Asset Tag')),
    chassisType: meaningful(fields.get('Chassis Type')),
    chassisPartNumber: meaningful(fields.get('Chassis Part Number')),
    chassisSerial: meaningfulIdentity(fields.get('Chassis Serial')),
    ...(isModule ? moduleFields(fields) : {}),
  });
}

function moduleFields(fields: ReadonlyMap<string, string>): Partial<Fru> {
  return definedOnly<Partial<Fru>>({
    memoryType: meaningful(fields.get('Memory Type')?.replace(/ SDRAM$/, '')),
    memoryBytes: parseSize(fields.get('Memory size') ?? fields.get('Memory Size')),
    memoryManufacturer: meaningful(fields.get('Manufacturer')),
    memoryPartNumber: meaningful(fields.get('Part Number')),
    memorySerial: meaningfulIdentity(fields.get('Serial Number')),
  });
}
