import { definedOnly } from '../../../domain/values/defined-only.ts';
import { wholeNumber } from '../../../domain/values/text.ts';

/** One VLAN of a neighbour as its text has it, whatever the format. */
export interface RawVlan {
  id: string | number | undefined;
  name: string | undefined;
  /** `yes`, `true`, `no` … */
  pvid: string | boolean | undefined;
}

/** VLANs and PVID of a neighbour. A VLAN without a number, or with one that 802.1Q has not, is left out; PVID 0 means none there. */
export function readVlans(raw: readonly RawVlan[]): { vlans?: { id: number; name?: string }[]; pvid?: number } {
  const known = raw.flatMap(({ id, name, pvid }) => {
    const number = wholeNumber(id);
    return number === undefined || number < 1 || number > 4094
      ? []
      : [{ id: number, name, isPvid: pvid === true || pvid === 'yes' || pvid === 'true' }];
  });
  // a switch may send the PVID apart from the VLAN's name: then it is two rows with one number
  const vlans = [...new Map([...known].reverse().map(({ id, name }) => [id, { id, ...definedOnly({ name }) }])).values()].reverse();
  const pvid = known.find((vlan) => vlan.isPvid)?.id;
  return { ...(vlans.length > 0 ? { vlans } : {}), ...definedOnly({ pvid }) };
}
