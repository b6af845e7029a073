import type { Fan, PowerSupply } from '../../domain/record/platform.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity, meaningfulLabel } from '../../domain/values/placeholder.ts';
import { wholeNumber } from '../../domain/values/text.ts';
import type { Readings } from '../readings/readings.ts';
import { recordsOfType } from '../smbios/dmidecode-text.ts';
import { type CommandLog, ok, type SectionResult } from '../values/section.ts';
import { yesNo } from '../values/yes-no.ts';
import { notDescribed } from './dmi-absence.ts';
import { readFru } from './fru/fru.ts';
import { withFruSupplies } from './fru/parts.ts';

/** SMBIOS type 39, with what the BMC knows of them. A structure in which nobody filled anything is left out. */
export function normalisePowerSupplies({ dmi, ipmi }: Pick<Readings, 'dmi' | 'ipmi'>, log: CommandLog): SectionResult<PowerSupply[]> {
  const described = recordsOfType(dmi, 39)
    .map((record) => readSupply(record.fields))
    .filter(({ location, name, manufacturer, model, serial, maxWatts, present: isFitted }) =>
      [location, name, manufacturer, model, serial, maxWatts, isFitted].some((value) => value !== undefined),
    );
  const supplies = withFruSupplies(described, ipmi.frus.map(readFru));
  if (supplies.length > 0) return ok(supplies);
  return notDescribed(dmi, log, 'power supply');
}

/** SMBIOS type 27. */
export function normaliseFans({ dmi }: Pick<Readings, 'dmi'>, log: CommandLog): SectionResult<Fan[]> {
  const fans = recordsOfType(dmi, 27).map(({ fields }) =>
    definedOnly<Fan>({
      description: description(fields.get('Description')),
      type: meaningful(fields.get('Type')),
      status: meaningful(fields.get('Status')),
      nominalRpm: wholeNumber(/^(\d+) rpm$/.exec(fields.get('Nominal Speed')?.trim() ?? '')?.[1]),
    }),
  );
  if (fans.length > 0) return ok(fans);
  return notDescribed(dmi, log, 'fan');
}

function readSupply(fields: ReadonlyMap<string, string>): PowerSupply {
  const status = fields.get('Status')?.trim() ?? '';
  const place = { location: meaningful(fields.get('Location')), name: meaningful(fields.get('Name')) };
  if (/^not present/i.test(status)) return definedOnly<PowerSupply>({ ...place, present: false });
  return definedOnly<PowerSupply>({
    ...place,
    manufacturer: meaningful(fields.get('Manufacturer')),
    model: meaningful(fields.get('Model Part Number')),
    revision: meaningful(fields.get('Revision')),
    serial: meaningfulIdentity(fields.get('Serial Number')),
    assetTag: meaningfulLabel(fields.get('Asset Tag')),
    maxWatts: watts(fields.get('Max Power Capacity')),
    present: /^present/i.test(status) ? true : undefined,
    status: meaningful(/^present, (.+)$/i.exec(status)?.[1]),
    plugged: yesNo(fields.get('Plugged')),
    hotReplaceable: yesNo(fields.get('Hot Replaceable')),
  });
}

/** dmidecode up to 2.11 took the number for milliwatts: `0.460 W` are 460. Zero and all ones are not known. */
function watts(raw: string | undefined): number | undefined {
  const [, whole = '', thousandths] = /^(\d+)(?:\.(\d{3}))? W$/.exec(raw?.trim() ?? '') ?? [];
  const found = wholeNumber(thousandths === undefined ? whole : `${whole}${thousandths}`);
  return found === undefined || found === 0 || found >= 0x7fff ? undefined : found;
}

/** What stands in the sample table that firmware is made from. */
function description(raw: string | undefined): string | undefined {
  const value = meaningful(raw);
  return value === 'Cooling Device Description' ? undefined : value;
}
