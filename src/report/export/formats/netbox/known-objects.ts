import type { Cell } from '../../../../domain/values/csv-line.ts';
import type { LeaveOut } from '../../format.ts';
import type { KnownColumn, KnownKind, KnownList } from '../../known-list.ts';
import { plainWord } from '../../safe-text.ts';

/** A row of one of the files, by their columns. */
export type NetboxRow = Readonly<Record<string, Cell>>;

/**
 * What a NetBox has already, by the lists that it exported. Its own spelling goes before ours: a device that it knows by serial number keeps its name there, and so
 * do the rows that belong to it.
 */
export class KnownObjects {
  /** by kind, what tells an object, and NetBox's name for it */
  readonly #names = new Map<string, string>();
  readonly #serials = new Map<string, string[]>();
  readonly #assetTags = new Set<string>();
  readonly #cabled = new Set<string>();
  readonly #takenSerials = new Set<string>();
  /** our name of a device, of which NetBox has another one */
  readonly #renamed = new Map<string, string>();

  constructor(lists: readonly KnownList[]) {
    for (const { kind, rows } of lists) for (const row of rows) this.#add(kind, row);
  }

  /** The row in NetBox's spelling; undefined, and the reason told, where NetBox has the object. */
  without(file: string, row: NetboxRow, leaveOut: LeaveOut): NetboxRow | undefined {
    const own = this.#spelled(row);
    const kind = this.#knownAs(file, own);
    if (kind !== undefined) {
      leaveOut(`${kind} that NetBox has`);
      return undefined;
    }
    const tag = String(own['asset_tag'] ?? '');
    if (tag === '' || !this.#assetTags.has(tag)) return own;
    leaveOut('an asset tag that another device of NetBox has (the row of its device is there, without it)');
    return { ...own, asset_tag: undefined };
  }

  #add(kind: KnownKind, row: Partial<Record<KnownColumn, string>>): void {
    const { name = row.model ?? '', slug, manufacturer = '', serial, assetTag, device = '', mac, address, cable } = row;
    if (kind === 'device types') this.#names.set(keyOf(kind, manufacturer, name), name);
    else if (kind === 'mac addresses') this.#names.set(keyOf(kind, mac ?? ''), mac ?? '');
    else if (kind === 'ip addresses') this.#names.set(keyOf(kind, hostOf(address ?? '')), address ?? '');
    else if (kind === 'interfaces' || kind === 'inventory items') this.#names.set(exactKey(kind, device, name), name);
    else if (kind === 'devices') this.#names.set(exactKey(kind, name), name);
    else for (const word of [name, slug ?? name]) this.#names.set(keyOf(kind, word), name);
    if (kind === 'interfaces' && cable !== undefined) this.#cabled.add(exactKey(kind, device, name));
    if (kind !== 'devices') return;
    if (serial !== undefined) this.#serials.set(serial, [...(this.#serials.get(serial) ?? []), name]);
    if (assetTag !== undefined) this.#assetTags.add(assetTag);
  }

  /** Names of other objects as NetBox spells them. */
  #spelled(row: NetboxRow): NetboxRow {
    const spelled: Record<string, Cell> = { ...row };
    const put = (column: string, name: string | undefined): void => {
      if (name !== undefined) spelled[column] = name;
    };
    for (const column of ['device', 'side_a_device', 'side_b_device']) put(column, this.#renamed.get(words(row, column)));
    put('site', this.#names.get(keyOf('sites', words(row, 'site'))));
    put('manufacturer', this.#names.get(keyOf('manufacturers', words(row, 'manufacturer'))));
    put('device_type', this.#names.get(keyOf('device types', words(spelled, 'manufacturer'), words(row, 'device_type'))));
    const roles = 'device_type' in row ? 'device roles' : 'inventory item roles';
    put('role', this.#names.get(keyOf(roles, words(row, 'role'))));
    return spelled;
  }

  #knownAs(file: string, row: NetboxRow): string | undefined {
    const name = words(row, 'name');
    const has = (key: string): boolean => this.#names.has(key);
    switch (file) {
      case '01-sites.csv':
        return has(keyOf('sites', name)) ? 'a site' : undefined;
      case '02-manufacturers.csv':
        return has(keyOf('manufacturers', name)) ? 'a manufacturer' : undefined;
      case '03-device-types.csv':
        return has(keyOf('device types', words(row, 'manufacturer'), words(row, 'model'))) ? 'a device type' : undefined;
      case '04-device-roles.csv':
        return has(keyOf('device roles', name)) ? 'a device role' : undefined;
      case '05-devices.csv':
        return this.#knownDevice(name, words(row, 'serial')) ? 'a device' : undefined;
      case '10-switches.csv':
        return this.#knownDevice(name, '') ? 'a switch' : undefined;
      case '06-interfaces.csv':
      case '11-switch-interfaces.csv':
        return has(exactKey('interfaces', words(row, 'device'), name)) ? 'an interface' : undefined;
      case '07-mac-addresses.csv':
        return has(keyOf('mac addresses', words(row, 'mac_address'))) ? 'a MAC address' : undefined;
      case '08-inventory-item-roles.csv':
        return has(keyOf('inventory item roles', name)) ? 'an inventory item role' : undefined;
      case '09-inventory-items.csv':
        return has(exactKey('inventory items', words(row, 'device'), name)) ? 'an inventory item' : undefined;
      case '12-cables.csv':
        return ['side_a', 'side_b'].some((side) =>
          this.#cabled.has(exactKey('interfaces', words(row, `${side}_device`), words(row, `${side}_name`))),
        )
          ? 'a cable, or another one at the same port,'
          : undefined;
      default:
        return has(keyOf('ip addresses', hostOf(words(row, 'address')))) ? 'an IP address' : undefined;
    }
  }

  /** By serial number, where one device of NetBox has it and no other machine of the visit was found by it; else by name. */
  #knownDevice(name: string, serial: string): boolean {
    const [bySerial, another] = this.#serials.get(serial) ?? [];
    const isTold = bySerial !== undefined && another === undefined && !this.#takenSerials.has(serial);
    const known = isTold ? bySerial : this.#names.get(exactKey('devices', name));
    if (isTold) this.#takenSerials.add(serial);
    if (known !== undefined && known !== name) this.#renamed.set(name, known);
    return known !== undefined;
  }
}

function words(row: NetboxRow, column: string): string {
  return String(row[column] ?? '');
}

/** Spellings that make one slug are one object. */
function keyOf(kind: KnownKind, ...names: string[]): string {
  return JSON.stringify([kind, ...names.map((name) => plainWord(name, 90))]);
}

/** Names within a device: `Eth1/1` and `Eth1-1` are two ports. */
function exactKey(kind: KnownKind, ...names: string[]): string {
  return JSON.stringify([kind, ...names.map((name) => name.toLowerCase())]);
}

/** NetBox takes an address once, whatever its prefix. */
function hostOf(address: string): string {
  return address.replace(/\/\d+$/, '');
}
