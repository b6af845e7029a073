import { plainWord } from '../export/safe-text.ts';
import type { NetboxKind } from './kinds.ts';
import { type NetboxObject, nestedObject, plainField, textField } from './netbox-object.ts';
import { refKey, type WantedFields, type WantedObject } from './wanted.ts';

/** What NetBox has in the place of something wanted: the object, or why it cannot be taken. */
export type Match = { object: NetboxObject } | { left: string } | undefined;

/** Numbers of wanted objects in NetBox, by {@link refKey}. */
export type KnownIds = ReadonlyMap<string, number>;

type Find = (wanted: WantedObject, ids: KnownIds) => Match;

/** Finds wanted objects of a kind among those that NetBox showed: by what NetBox itself keeps apart, so that none is made twice. */
export function finderOf(kind: NetboxKind, objects: readonly NetboxObject[]): Find {
  switch (kind) {
    case 'deviceType':
    case 'moduleType':
      return found(objects, typeKeys, (wanted, ids) => [`${idIn(wanted.first, 'manufacturer', ids)} ${wordOf(wanted.first['model'])}`]);
    case 'rack':
      return found(
        objects,
        (rack) => [`${plainField(rack, 'site')} ${textField(rack, 'name').toLowerCase()}`],
        (wanted, ids) => [`${idIn(wanted.first, 'site', ids)} ${wanted.key}`],
      );
    case 'interface':
      return found(objects, interfaceKeys, partKeys);
    case 'bay':
    case 'item':
      return found(objects, partInNetbox, partKeys);
    case 'module':
      return found(
        objects,
        (module) => [String(plainField(module, 'module_bay'))],
        ({ first }, ids) => [String(idIn(first, 'module_bay', ids))],
      );
    case 'mac':
      return found(
        objects,
        (mac) => [`${plainField(mac, 'assigned_object_id')} ${textField(mac, 'mac_address').toLowerCase()}`],
        ({ first }, ids) => [`${idIn(first, 'assigned_object_id', ids)} ${String(first['mac_address']).toLowerCase()}`],
      );
    default:
      return found(objects, nameKeys, ({ first }) => [wordOf(first['slug']), wordOf(first['name'])]);
  }
}

/** The first of the keys that one object has; with several it is not known which. */
function found(
  objects: readonly NetboxObject[],
  keysOf: (object: NetboxObject) => readonly string[],
  wantedKeys: (wanted: WantedObject, ids: KnownIds) => readonly string[],
): Find {
  const byKey = new Map<string, NetboxObject[]>();
  for (const object of objects) for (const key of new Set(keysOf(object))) byKey.set(key, [...(byKey.get(key) ?? []), object]);
  return (wanted, ids) => {
    for (const key of wantedKeys(wanted, ids)) {
      const [object, another] = byKey.get(key) ?? [];
      if (object !== undefined) return another === undefined ? { object } : { left: 'NetBox has several of this name' };
    }
    return undefined;
  };
}

/** Spellings that make one slug are one object. */
function wordOf(name: unknown): string {
  return plainWord(String(name ?? ''), 90);
}

function nameKeys(object: NetboxObject): string[] {
  return [wordOf(plainField(object, 'slug')), wordOf(plainField(object, 'name'))];
}

function typeKeys(object: NetboxObject): string[] {
  return [`${plainField(object, 'manufacturer')} ${wordOf(plainField(object, 'model'))}`];
}

/** Names within a device: `Eth1/1` and `Eth1-1` are two ports. */
function partInNetbox(object: NetboxObject): string[] {
  const serial = textField(nestedObject(object, 'installed_module') ?? object, 'serial');
  const device = String(plainField(object, 'device'));
  return [
    `${device} name ${textField(object, 'name').toLowerCase()}`,
    ...(serial === '' ? [] : [`${device} number ${serial.toLowerCase()}`]),
  ];
}

function interfaceKeys(object: NetboxObject): string[] {
  const device = String(plainField(object, 'device'));
  const mac = textField(object, 'mac_address').toLowerCase();
  return [`${device} name ${textField(object, 'name').toLowerCase()}`, ...(mac === '' ? [] : [`${device} number ${mac}`])];
}

/** A drive that moved is the same drive: its serial number goes before its name. A port keeps its name before its address, which goes with a card. */
function partKeys({ kind, first, number }: WantedObject, ids: KnownIds): string[] {
  const device = String(idIn(first, 'device', ids));
  const byName = `${device} name ${String(first['name']).toLowerCase()}`;
  if (number === undefined) return [byName];
  const byNumber = `${device} number ${number.toLowerCase()}`;
  return kind === 'interface' ? [byName, byNumber] : [byNumber, byName];
}

/** Number in NetBox of the object that a field names. */
export function idIn(fields: WantedFields, field: string, ids: KnownIds): number | undefined {
  const value = fields[field];
  return typeof value === 'object' && 'idOf' in value ? ids.get(refKey(value.idOf)) : undefined;
}
