/** A kind of object of NetBox. */
interface NetboxKindWords {
  /** below /api/ */
  path: string;
  /** application and model, as permissions and generic relations name it */
  model: string;
  /** for people: one, and several */
  words: readonly [one: string, many: string];
}

/** What is put into NetBox, in the order in which it can be made: whoever is named by another stands before it (netbox/dcim/api/urls.py, 4.2 to 4.7). */
export const NETBOX_KINDS = {
  site: { path: 'dcim/sites', model: 'dcim.site', words: ['site', 'sites'] },
  manufacturer: { path: 'dcim/manufacturers', model: 'dcim.manufacturer', words: ['manufacturer', 'manufacturers'] },
  deviceRole: { path: 'dcim/device-roles', model: 'dcim.devicerole', words: ['device role', 'device roles'] },
  itemRole: { path: 'dcim/inventory-item-roles', model: 'dcim.inventoryitemrole', words: ['inventory item role', 'inventory item roles'] },
  deviceType: { path: 'dcim/device-types', model: 'dcim.devicetype', words: ['device type', 'device types'] },
  moduleType: { path: 'dcim/module-types', model: 'dcim.moduletype', words: ['module type', 'module types'] },
  rack: { path: 'dcim/racks', model: 'dcim.rack', words: ['rack', 'racks'] },
  device: { path: 'dcim/devices', model: 'dcim.device', words: ['device', 'devices'] },
  interface: { path: 'dcim/interfaces', model: 'dcim.interface', words: ['interface', 'interfaces'] },
  mac: { path: 'dcim/mac-addresses', model: 'dcim.macaddress', words: ['MAC address', 'MAC addresses'] },
  bay: { path: 'dcim/module-bays', model: 'dcim.modulebay', words: ['module bay', 'module bays'] },
  module: { path: 'dcim/modules', model: 'dcim.module', words: ['module', 'modules'] },
  item: { path: 'dcim/inventory-items', model: 'dcim.inventoryitem', words: ['inventory item', 'inventory items'] },
  ip: { path: 'ipam/ip-addresses', model: 'ipam.ipaddress', words: ['IP address', 'IP addresses'] },
  cable: { path: 'dcim/cables', model: 'dcim.cable', words: ['cable', 'cables'] },
} as const satisfies Record<string, NetboxKindWords>;

export type NetboxKind = keyof typeof NETBOX_KINDS;

/** In the order in which they can be made. */
export const KINDS_IN_ORDER = Object.keys(NETBOX_KINDS) as readonly NetboxKind[];

/** Kinds that a new device may bring along from its type, so that they are looked for once it is there. */
export const KINDS_OF_A_DEVICE: readonly NetboxKind[] = KINDS_IN_ORDER.slice(KINDS_IN_ORDER.indexOf('device') + 1);
