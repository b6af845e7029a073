import { type Cell, csvLine } from '../../../../domain/values/csv-line.ts';
import { knownWords } from '../../../../domain/values/known-words.ts';
import type { ExportVisit, LeaveOut, TextFormat } from '../../format.ts';
import type { ExportMachine } from '../../machine.ts';
import { portMac } from '../../ports.ts';
import { oneLine } from '../../safe-text.ts';
import { PREFIX_LENGTH } from '../../setting-values.ts';
import type { ExportSettings } from '../../settings.ts';
import { SwitchPorts } from './cables.ts';
import { deviceHeight, USUAL_HEIGHT } from './device-height.ts';
import { fittingNumber } from './fitting-number.ts';
import { netboxInterfaceType } from './interface-type.ts';
import { addressRows } from './ip-addresses.ts';
import { ITEM_ROLES } from './items.ts';
import { KnownObjects } from './known-objects.ts';
import { netboxMaker } from './makers.ts';
import { namedItems } from './named-items.ts';
import { BMC_PORT, namedPorts } from './named-ports.ts';
import { NetboxNames } from './words.ts';

/**
 * Files in the order of their import, with columns of NetBox's import forms (netbox/dcim/forms/bulk_import.py, 4.2 to 4.7). The switches
 * that LLDP tells of have files of their own: a NetBox that knows its switches does without these.
 */
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
  '10-switches.csv': ['name', 'role', 'manufacturer', 'device_type', 'status', 'site'],
  '11-switch-interfaces.csv': ['device', 'name', 'type', 'enabled', 'description'],
  '12-cables.csv': ['side_a_device', 'side_a_type', 'side_a_name', 'side_b_device', 'side_b_type', 'side_b_name', 'status'],
  '13-ip-addresses.csv': ['address', 'status', 'device', 'interface', 'is_primary', 'is_oob'],
} as const;
type NetboxFile = keyof typeof NETBOX_FILES;

const GREY = '9e9e9e';
/** What the database has room for. */
const MOST_KBPS = 2_147_483_647;
/** Largest packet that the form takes, in bytes. */
const MOST_MTU = 65_536;
const SWITCH_MODEL = 'Switch seen by LLDP';

/** CSV files for NetBox's bulk import, numbered in the order of their import. */
export const NETBOX: TextFormat = {
  name: 'netbox',
  about: "CSV files for NetBox's bulk import, numbered in their order",
  shape: 'directory',
  keys: [
    { name: 'prefix', about: 'length of the prefix of addresses by --first-address (default: 32)', value: PREFIX_LENGTH },
    { name: 'bmc-prefix', about: 'the same of the BMCs (default: 32)', value: PREFIX_LENGTH },
  ],
  takesKnown: true,
  async *write(machines, visit, leaveOut, { settings, known = [] }) {
    for (const [file, columns] of Object.entries(NETBOX_FILES)) yield { file, text: csvLine(columns) };
    const there = new KnownObjects(known);
    for await (const { file, cells } of allRows(machines, visit, leaveOut, settings)) {
      const columns: readonly string[] = NETBOX_FILES[file];
      const row = there.without(file, Object.fromEntries(columns.map((column, at) => [column, cells[at]])), leaveOut);
      if (row !== undefined) yield { file, text: csvLine(columns.map((column) => row[column])) };
    }
  },
};

async function* allRows(
  machines: AsyncIterable<ExportMachine>,
  visit: ExportVisit,
  leaveOut: LeaveOut,
  settings: ExportSettings,
): AsyncGenerator<FileRow> {
  const site = new NetboxNames().take(visit.site);
  yield row('01-sites.csv', [site.name, site.slug, 'active']);
  yield row('04-device-roles.csv', ['Server', 'server', GREY]);
  for (const role of ITEM_ROLES) yield row('08-inventory-item-roles.csv', [role, role.toLowerCase().replaceAll(' ', '-'), GREY]);
  const context: Context = { site: site.name, manufacturers: new NetboxNames(), types: new Map(), switches: new SwitchPorts(), leaveOut };
  for await (const machine of machines) {
    yield* deviceRows(machine, context);
    yield* interfaceRows(machine);
    yield* itemRows(machine, context);
    yield* cableRows(machine, context);
    for (const cells of addressRows(machine, namedPorts(machine), settings, leaveOut)) yield row('13-ip-addresses.csv', cells);
  }
}

interface FileRow {
  file: NetboxFile;
  cells: readonly Cell[];
}

function row(file: NetboxFile, cells: readonly Cell[]): FileRow {
  return { file, cells };
}

/** What the rows of one machine have to know of those before. */
interface Context {
  site: string;
  manufacturers: NetboxNames;
  types: Map<string, NetboxNames>;
  switches: SwitchPorts;
  leaveOut: LeaveOut;
}

function* deviceRows({ name, assetTag, sections: { system, board } }: ExportMachine, context: Context): Generator<FileRow> {
  const vendor = system?.vendor ?? board?.vendor ?? 'Unknown';
  const type = { vendor, product: system?.product ?? board?.product ?? 'Unknown', height: deviceHeight(system) };
  const [maker, model] = yield* typeRows(type, context);
  const serial = fittingNumber(system?.serial, 'serial number', context.leaveOut);
  yield row('05-devices.csv', [
    name,
    'Server',
    maker,
    model,
    serial,
    fittingNumber(assetTag, 'asset tag', context.leaveOut),
    'active',
    context.site,
  ]);
}

/** Names of maker and model as NetBox has them after these rows. */
function* typeRows(
  { vendor, product, height }: { vendor: string; product: string; height: number },
  { manufacturers, types }: Context,
): Generator<FileRow, [maker: string, model: string]> {
  const maker = manufacturers.take(netboxMaker(vendor));
  if (maker.isNew) yield row('02-manufacturers.csv', [maker.name, maker.slug]);
  const models = types.get(maker.slug) ?? new NetboxNames();
  types.set(maker.slug, models);
  const type = models.take(product);
  // the first machine of a model tells for all
  if (type.isNew) yield row('03-device-types.csv', [maker.name, type.name, type.slug, height]);
  return [maker.name, type.name];
}

function* interfaceRows(machine: ExportMachine): Generator<FileRow> {
  const { name, bmc } = machine;
  for (const [port, nic] of namedPorts(machine)) {
    const kbps = within(MOST_KBPS, nic.speedMbps === undefined ? undefined : nic.speedMbps * 1000);
    const guid = nic.guid === undefined ? undefined : `GUID ${nic.guid}`;
    const about = oneLine(knownWords([nic.vendor, nic.product, nic.slot, guid], ', '), 200);
    yield row('06-interfaces.csv', [name, port, netboxInterfaceType(nic), true, kbps, within(MOST_MTU, nic.mtuBytes), false, about]);
    const mac = portMac(nic);
    if (mac !== undefined) yield row('07-mac-addresses.csv', [mac, name, port, true]);
  }
  if (bmc === undefined) return;
  yield row('06-interfaces.csv', [name, BMC_PORT, 'other', true, undefined, undefined, true, bmc.address]);
  if (bmc.mac !== undefined) yield row('07-mac-addresses.csv', [bmc.mac, name, BMC_PORT, true]);
}

function within(most: number, value: number | undefined): number | undefined {
  return value !== undefined && value >= 1 && value <= most ? value : undefined;
}

function* itemRows(machine: ExportMachine, { manufacturers, leaveOut }: Context): Generator<FileRow> {
  for (const item of namedItems(machine)) {
    const maker = item.manufacturer === undefined ? undefined : manufacturers.take(netboxMaker(item.manufacturer));
    if (maker?.isNew === true) yield row('02-manufacturers.csv', [maker.name, maker.slug]);
    const words = [
      oneLine(item.part ?? '', 50),
      fittingNumber(item.serial, 'serial number', leaveOut),
      true,
      oneLine(item.about ?? '', 200),
    ];
    yield row('09-inventory-items.csv', [machine.name, item.name, 'active', item.role, maker?.name, ...words]);
  }
}

/** A cable for each port whose one neighbour tells its name and port; with the switch and its port, each once. */
function* cableRows(machine: ExportMachine, context: Context): Generator<FileRow> {
  for (const [own, nic] of namedPorts(machine)) {
    const end = context.switches.take(nic, context.leaveOut);
    if (end === undefined) continue;
    const { device, port } = end;
    if (end.isFirst) yield row('04-device-roles.csv', ['Switch', 'switch', GREY]);
    if (end.isNew) {
      const [maker, model] = yield* typeRows({ vendor: 'Unknown', product: SWITCH_MODEL, height: USUAL_HEIGHT }, context);
      yield row('10-switches.csv', [device, 'Switch', maker, model, 'active', context.site]);
    }
    yield row('11-switch-interfaces.csv', [device, port, 'other', true, oneLine(nic.lldp?.[0]?.portDescription ?? '', 200)]);
    yield row('12-cables.csv', [machine.name, 'dcim.interface', own, device, 'dcim.interface', port, 'connected']);
  }
}
