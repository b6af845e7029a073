import { type Cell, csvLine } from './csv-line.ts';
import type { ExportFormat, ExportPiece } from './export-format.ts';
import type { ExportMachine } from './export-machine.ts';
import { netboxInterfaceType } from './netbox-interface-type.ts';
import { ITEM_ROLES, netboxItems } from './netbox-items.ts';
import { NetboxNames } from './netbox-words.ts';
import { portMac, portsOf } from './ports.ts';
import { oneLine } from './safe-text.ts';

/** Files in the order of their import, with the columns of NetBox's import forms (4.2 and newer). */
export const NETBOX_FILES = {
  '01-sites.csv': ['name', 'slug', 'status'],
  '02-manufacturers.csv': ['name', 'slug'],
  '03-device-types.csv': ['manufacturer', 'model', 'slug', 'u_height'],
  '04-device-roles.csv': ['name', 'slug', 'color'],
  '05-devices.csv': ['name', 'role', 'manufacturer', 'device_type', 'serial', 'asset_tag', 'status', 'site'],
  '06-interfaces.csv': ['device', 'name', 'type', 'enabled', 'speed', 'mtu', 'mgmt_only', 'description'],
  '07-mac-addresses.csv': ['mac_address', 'device', 'interface', 'is_primary'],
  '08-inventory-item-roles.csv': ['name', 'slug', 'color'],
  '09-inventory-items.csv': ['device', 'name', 'status', 'role', 'manufacturer', 'part_id', 'serial', 'discovered', 'description'],
  '10-cables.csv': ['side_a_device', 'side_a_type', 'side_a_name', 'side_b_device', 'side_b_type', 'side_b_name', 'status'],
} as const;
type NetboxFile = keyof typeof NETBOX_FILES;

const GREY = '9e9e9e';

/** CSV files for NetBox's bulk import, numbered in the order of their import. */
export const NETBOX: ExportFormat = {
  name: 'netbox',
  about: "CSV files for NetBox's bulk import, numbered in their order",
  shape: 'directory',
  async *write(machines, visit) {
    for (const [file, columns] of Object.entries(NETBOX_FILES)) yield { file, text: csvLine(columns) };
    const site = new NetboxNames().take(visit.site);
    yield row('01-sites.csv', [site.name, site.slug, 'active']);
    yield row('04-device-roles.csv', ['Server', 'server', GREY]);
    for (const role of ITEM_ROLES) yield row('08-inventory-item-roles.csv', [role, role.toLowerCase().replaceAll(' ', '-'), GREY]);
    const manufacturers = new NetboxNames();
    const types = new Map<string, NetboxNames>();
    const ends = new Set<string>();
    for await (const machine of machines) {
      yield* deviceRows(machine, site.name, manufacturers, types);
      yield* interfaceRows(machine);
      yield* itemRows(machine, manufacturers);
      yield* cableRows(machine, ends);
    }
  },
};

function row(file: NetboxFile, cells: readonly Cell[]): ExportPiece {
  return { file, text: csvLine(cells) };
}

function* deviceRows(
  { name, assetTag, sections: { system, board } }: ExportMachine,
  site: string,
  manufacturers: NetboxNames,
  types: Map<string, NetboxNames>,
): Generator<ExportPiece> {
  const maker = manufacturers.take(system?.vendor ?? board?.vendor ?? 'Unknown');
  if (maker.isNew) yield row('02-manufacturers.csv', [maker.name, maker.slug]);
  const models = types.get(maker.slug) ?? new NetboxNames();
  types.set(maker.slug, models);
  const type = models.take(system?.product ?? board?.product ?? 'Unknown');
  // no machine tells its height; 1 is what NetBox itself begins with
  if (type.isNew) yield row('03-device-types.csv', [maker.name, type.name, type.slug, 1]);
  const serial = oneLine(system?.serial ?? '', 50);
  yield row('05-devices.csv', [name, 'Server', maker.name, type.name, serial, oneLine(assetTag ?? '', 50), 'active', site]);
}

function* interfaceRows(machine: ExportMachine): Generator<ExportPiece> {
  const { name, bmc } = machine;
  for (const nic of portsOf(machine)) {
    const port = oneLine(nic.name, 64);
    const kbps = nic.speedMbps === undefined ? undefined : nic.speedMbps * 1000;
    const about = oneLine([nic.vendor, nic.product, nic.slot].filter((word) => word !== undefined).join(', '), 200);
    yield row('06-interfaces.csv', [name, port, netboxInterfaceType(nic), true, kbps, nic.mtuBytes, false, about]);
    const mac = portMac(nic);
    if (mac !== undefined) yield row('07-mac-addresses.csv', [mac, name, port, true]);
  }
  if (bmc === undefined) return;
  yield row('06-interfaces.csv', [name, 'BMC', 'other', true, undefined, undefined, true, bmc.address]);
  if (bmc.mac !== undefined) yield row('07-mac-addresses.csv', [bmc.mac, name, 'BMC', true]);
}

function* itemRows(machine: ExportMachine, manufacturers: NetboxNames): Generator<ExportPiece> {
  const names = new Set<string>();
  for (const item of netboxItems(machine)) {
    const maker = item.manufacturer === undefined ? undefined : manufacturers.take(item.manufacturer);
    if (maker?.isNew === true) yield row('02-manufacturers.csv', [maker.name, maker.slug]);
    const plain = oneLine(item.name, 56);
    let name = plain;
    for (let number = 2; names.has(name); number += 1) name = `${plain} (${number})`;
    names.add(name);
    const words = [oneLine(item.part ?? '', 50), oneLine(item.serial ?? '', 50), true, oneLine(item.about ?? '', 200)];
    yield row('09-inventory-items.csv', [machine.name, name, 'active', item.role, maker?.name, ...words]);
  }
}

/** A cable for each port with exactly one neighbour that tells its name and port; each end once. */
function* cableRows(machine: ExportMachine, ends: Set<string>): Generator<ExportPiece> {
  for (const nic of portsOf(machine)) {
    const [neighbour, another] = nic.lldp ?? [];
    const device = oneLine(neighbour?.chassisName ?? '', 64);
    const port = oneLine(neighbour?.portId ?? '', 64);
    const end = JSON.stringify([device, port]);
    if (another !== undefined || device === '' || port === '' || ends.has(end)) continue;
    ends.add(end);
    yield row('10-cables.csv', [machine.name, 'dcim.interface', oneLine(nic.name, 64), device, 'dcim.interface', port, 'connected']);
  }
}
