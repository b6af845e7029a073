import { idIn, type KnownIds, type Match } from './match.ts';
import { type NetboxObject, nestedObject, plainField, textField } from './netbox-object.ts';
import { refKey, type WantedObject } from './wanted.ts';

/**
 * Finds IP addresses by their host part. One that a port of the same device has is taken as it is, one that belongs to nothing is given to the port, and one that another
 * device has is left to a person.
 */
export function addressFinder(objects: readonly NetboxObject[]): (wanted: WantedObject, ids: KnownIds) => Match {
  const byHost = Map.groupBy(objects, (address) => hostOf(textField(address, 'address')));
  return (wanted, ids) => {
    const same = byHost.get(wanted.key) ?? [];
    if (same.length === 0) return undefined;
    const device = ids.get(refKey({ kind: 'device', key: wanted.device ?? '' }));
    const port = idIn(wanted.first, 'assigned_object_id', ids);
    const own = same.find((one) => isOn(one, port)) ?? same.find((one) => device !== undefined && deviceOfAddress(one) === device);
    if (own !== undefined) return { object: own };
    const [free, another] = same.filter((one) => plainField(one, 'assigned_object_id') === null);
    if (free !== undefined && another === undefined && same.length === 1) return { object: free };
    return { left: 'NetBox has this address elsewhere' };
  };
}

function isOn(address: NetboxObject, port: number | undefined): boolean {
  return (
    port !== undefined &&
    plainField(address, 'assigned_object_id') === port &&
    plainField(address, 'assigned_object_type') === 'dcim.interface'
  );
}

/** The device that an address is on. */
export function deviceOfAddress(address: NetboxObject): number | undefined {
  const port = nestedObject(address, 'assigned_object');
  return port === undefined ? undefined : nestedObject(port, 'device')?.id;
}

function hostOf(address: string): string {
  return address.replace(/\/\d+$/, '');
}
