import { meaningfulIdentity } from '../../domain/values/placeholder.ts';
import { type DmiRecord, recordsOfType } from '../smbios/dmidecode-text.ts';
import type { ToldFacts } from '../values/told-facts.ts';

/** Without what is of another machine: UUID and serial number are both known, and neither is that of the firmware. */
export function ofThisMachine(told: readonly (ToldFacts | undefined)[], dmi: readonly DmiRecord[]): ToldFacts[] {
  const own = recordsOfType(dmi, 1)[0]?.fields;
  const [uuid, serial] = [meaningfulIdentity(own?.get('UUID'))?.toLowerCase(), meaningfulIdentity(own?.get('Serial Number'))];
  return told
    .filter((facts) => facts !== undefined)
    .filter(({ system }) => !(isOther(system.uuid, uuid) && isOther(system.serial, serial)));
}

function isOther(told: string | undefined, own: string | undefined): boolean {
  return told !== undefined && own !== undefined && told !== own && told !== otherOrder(own);
}

/** The first three parts of a UUID the other way round: firmware and BMC differ in how they read them (DSP0134 7.2.1). */
function otherOrder(uuid: string): string {
  const turned = (part: string): string => part.match(/../g)?.reverse().join('') ?? part;
  return uuid
    .split('-')
    .map((part, at) => (at < 3 ? turned(part) : part))
    .join('-');
}
