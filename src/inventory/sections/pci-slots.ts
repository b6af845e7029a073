import type { PciSlot } from '../../domain/record/devices.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful } from '../../domain/values/placeholder.ts';
import type { Readings } from '../readings/readings.ts';
import { recordsOfType } from '../smbios/dmidecode-text.ts';
import { pciAddress } from '../values/pci-address.ts';
import { type CommandLog, ok, type SectionResult } from '../values/section.ts';
import { notDescribed } from './dmi-absence.ts';

/** SMBIOS type 9. */
export function normaliseSlots({ dmi }: Pick<Readings, 'dmi'>, log: CommandLog): SectionResult<PciSlot[]> {
  const slots = recordsOfType(dmi, 9).map(({ fields }) => {
    const usage = fields.get('Current Usage')?.trim();
    return definedOnly<PciSlot>({
      designation: meaningful(fields.get('Designation')),
      type: meaningful(fields.get('Type')),
      used: usage === 'In Use' ? true : usage === 'Available' ? false : undefined,
      length: meaningful(fields.get('Length')),
      busAddress: busAddress(fields.get('Bus Address')),
    });
  });
  if (slots.length > 0) return ok(slots);
  return notDescribed(dmi, log, 'slot');
}

/** An empty slot has ones in all bits of its address, 0000:ff:1f.7, or zeros. */
function busAddress(raw: string | undefined): string | undefined {
  const address = pciAddress(raw);
  return address !== undefined && /:ff:(1f\.7|00\.0)$|^0000:00:00\.0$/.test(address) ? undefined : address;
}
