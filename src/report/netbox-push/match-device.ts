import { idIn, type KnownIds, type Match } from './match.ts';
import { type NetboxObject, plainField, textField } from './netbox-object.ts';
import type { WantedObject } from './wanted.ts';

/**
 * Finds devices: by serial number where one device of NetBox has it, wherever it stands and however it is called, or else by their name in the site. A device of
 * another serial number is another machine.
 */
export function deviceFinder(objects: readonly NetboxObject[]): (wanted: WantedObject, ids: KnownIds) => Match {
  const bySerial = Map.groupBy(objects, (device) => textField(device, 'serial').toLowerCase());
  const byName = Map.groupBy(objects, (device) => textField(device, 'name').toLowerCase());
  return (wanted, ids) => {
    const serial = (wanted.number ?? '').toLowerCase();
    const [known, another] = serial === '' ? [] : (bySerial.get(serial) ?? []);
    if (another !== undefined) return { left: 'NetBox has several devices with its serial number' };
    if (known !== undefined) return { object: known };
    const site = idIn(wanted.first, 'site', ids);
    const [named, second] = (byName.get(wanted.key) ?? []).filter((device) => plainField(device, 'site') === site);
    if (named === undefined) return undefined;
    if (second !== undefined) return { left: 'NetBox has several devices of this name in the site' };
    const other = textField(named, 'serial').toLowerCase();
    const isOther = other !== '' && other !== String(wanted.first['serial'] ?? '').toLowerCase();
    return isOther ? { left: 'NetBox has a device of this name with another serial number' } : { object: named };
  };
}

/** Labels of owners, and the device that has each: NetBox takes one once. */
export function assetTags(objects: readonly NetboxObject[]): ReadonlyMap<string, number> {
  return new Map(objects.flatMap((device) => (textField(device, 'asset_tag') === '' ? [] : [[textField(device, 'asset_tag'), device.id]])));
}
