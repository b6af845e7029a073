import type { SystemSection } from '../../domain/record/system.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity, meaningfulLabel } from '../../domain/values/placeholder.ts';
import { wholeNumber } from '../../domain/values/text.ts';
import type { Readings } from '../readings/readings.ts';
import { type DmiRecord, recordsOfType } from '../smbios/dmidecode-text.ts';
import type { CopiedFiles } from '../values/copied-files.ts';
import { nonEmptyObject } from '../values/non-empty.ts';
import { type CommandLog, ok, type SectionResult } from '../values/section.ts';
import { notDescribed } from './dmi-absence.ts';
import { dmiId } from './dmi-id.ts';
import { enclosureOf } from './enclosure.ts';

/** SMBIOS types 1 and 3, or the kernel's copy of them. */
export function normaliseSystem(
  { dmi, dmiAndLshw: records }: Pick<Readings, 'dmi' | 'dmiAndLshw'>,
  capture: CopiedFiles & CommandLog,
): SectionResult<SystemSection> {
  const system = recordsOfType(records, 1)[0]?.fields;
  const field = (key: string, file: string): string | undefined => system?.get(key) ?? dmiId(capture, file);
  const data = definedOnly<SystemSection>({
    vendor: meaningful(field('Manufacturer', 'sys_vendor')),
    product: meaningful(field('Product Name', 'product_name')),
    // some boards count up digits in every field that nobody filled
    version: meaningfulLabel(field('Version', 'product_version')),
    family: meaningful(field('Family', 'product_family')),
    sku: meaningfulLabel(field('SKU Number', 'product_sku')),
    serial: meaningfulIdentity(field('Serial Number', 'product_serial')),
    uuid: meaningfulIdentity(field('UUID', 'product_uuid'))?.toLowerCase(),
    chassis: chassisOf(capture, records),
    enclosure: enclosureOf(records),
  });
  return Object.keys(data).length > 0 ? ok(data) : notDescribed(dmi, capture, 'system');
}

function chassisOf(files: CopiedFiles, records: readonly DmiRecord[]): SystemSection['chassis'] | undefined {
  const all = recordsOfType(records, 3);
  // a blade lists the enclosure that it sits in beside itself
  const own = (all.find((record) => !/enclos/i.test(record.fields.get('Type') ?? '')) ?? all[0])?.fields;
  const chassis = definedOnly<NonNullable<SystemSection['chassis']>>({
    type: meaningful(own?.get('Type')),
    vendor: meaningful(own?.get('Manufacturer') ?? dmiId(files, 'chassis_vendor')),
    version: meaningfulLabel(own?.get('Version') ?? dmiId(files, 'chassis_version')),
    serial: meaningfulIdentity(own?.get('Serial Number') ?? dmiId(files, 'chassis_serial')),
    sku: meaningfulLabel(own?.get('SKU Number')),
    assetTag: meaningfulLabel(own?.get('Asset Tag') ?? dmiId(files, 'chassis_asset_tag')),
    heightRackUnits: rackUnits(own?.get('Height')),
  });
  return nonEmptyObject(chassis);
}

/** `2 U`; `Unspecified` where the firmware does not tell, and no chassis has none. */
function rackUnits(height: string | undefined): number | undefined {
  const count = wholeNumber(/^(\d+) U$/.exec(height?.trim() ?? '')?.[1]);
  return count === 0 ? undefined : count;
}
