import type { SystemSection } from '../../domain/record/system.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../domain/values/placeholder.ts';
import { type DmiRecord, recordsOfType } from '../smbios/dmidecode-text.ts';
import { nonEmptyObject } from '../values/non-empty.ts';

/**
 * What a blade sits in. HPE has a structure of its own (type 204, Server/Rack Locator); others list the enclosure as a second
 * type 3 and write the bay into the board. Undefined when nothing says that the machine is a blade.
 */
export function enclosureOf(records: readonly DmiRecord[]): SystemSection['enclosure'] | undefined {
  const locator = recordsOfType(records, 204).find((record) => record.fields.has('Enclosure Serial'))?.fields;
  const chassis = recordsOfType(records, 3).map((record) => record.fields);
  const outer = chassis.find((fields) => /enclos/i.test(fields.get('Type') ?? ''));
  const isBlade = locator !== undefined || chassis.some((fields) => /^blade/i.test(fields.get('Type') ?? ''));
  if (!isBlade) return undefined;
  const enclosure = definedOnly<NonNullable<SystemSection['enclosure']>>({
    model: meaningful(locator?.get('Enclosure Model')),
    name: meaningful(locator?.get('Enclosure Name')),
    serial: meaningfulIdentity(locator?.get('Enclosure Serial') ?? (chassis.length > 1 ? outer?.get('Serial Number') : undefined)),
    bay: bayOf(locator, records),
  });
  return nonEmptyObject(enclosure);
}

/** A location with a number in it is a place; `Part Component` and its like are no bays. */
function bayOf(locator: ReadonlyMap<string, string> | undefined, records: readonly DmiRecord[]): string | undefined {
  const written = recordsOfType(records, 2).map((record) => meaningful(record.fields.get('Location In Chassis')));
  return (
    meaningful(locator?.get('Server Bay')) ??
    written.find((place) => /^(slot|bay|blade|node|server)?[\s:_-]*\d{1,3}[a-d]?$/i.test(place ?? ''))
  );
}
