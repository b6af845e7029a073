import { BMC_PORT } from '../export/formats/netbox/named-ports.ts';
import type { NetboxKind } from './kinds.ts';
import { deviceOfAddress } from './match-address.ts';
import { type NetboxObject, nestedObject, plainField, textField } from './netbox-object.ts';

/** Something of a machine that NetBox has and the visit did not see. It stays there. */
export interface GonePart {
  kind: NetboxKind;
  id: number;
  words: string;
}

/** How the names of parts begin that come from here: `DIMM A1`, `Disk sda`. A module that a person called otherwise is none of ours. */
const OWN_NAMES = /^(cpu|dimm|disk|raid controller|host adapter|transceiver|psu|gpu)/i;

/**
 * What of these objects nobody found again.
 * @param devices names of the devices that were looked at, by their number
 * @param found numbers of the objects that were wanted
 */
export function goneParts(
  kind: NetboxKind,
  objects: readonly NetboxObject[],
  { devices, found }: { devices: ReadonlyMap<number, string>; found: ReadonlySet<number> },
): GonePart[] {
  return objects.flatMap((object) => {
    const device = devices.get((kind === 'ip' ? deviceOfAddress(object) : nestedObject(object, 'device')?.id) ?? -1);
    const name = device === undefined || found.has(object.id) ? undefined : partName(kind, object);
    return name === undefined ? [] : [{ kind, id: object.id, words: `${device} ${name}` }];
  });
}

function partName(kind: NetboxKind, object: NetboxObject): string | undefined {
  const serial = textField(object, 'serial');
  const numbered = (name: string): string => (serial === '' ? name : `${name} (serial number ${serial})`);
  if (kind === 'item') return plainField(object, 'discovered') === true ? numbered(textField(object, 'name')) : undefined;
  if (kind === 'module') {
    const bay = textField(nestedObject(object, 'module_bay') ?? object, 'name');
    return OWN_NAMES.test(bay) ? numbered(bay) : undefined;
  }
  const port = nestedObject(object, 'assigned_object');
  return kind === 'ip' && port !== undefined && textField(port, 'name') === BMC_PORT
    ? `${BMC_PORT} ${textField(object, 'address')}`
    : undefined;
}
