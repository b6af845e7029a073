import { type RecordData, recordData } from '../../domain/record/record-data.ts';
import { parseMac } from '../../domain/values/mac.ts';
import type { VisitNode } from '../../tarball/visit.ts';
import { type MachineRow, machineRow } from '../machine-row.ts';
import { type CellValue, type Column, type ColumnType, column } from './column.ts';

/** A machine as the columns want it, picked apart once. */
interface MachineSource {
  node: VisitNode;
  row: MachineRow;
  sections: RecordData;
}

/** Table `machines`: what `nodes.csv` has, and more; `record` is all there is. */
export const MACHINE_COLUMNS: readonly Column<MachineSource>[] = [
  column('revision', 'bigint', 'how many records of it came; this is the newest', ({ node }) => node.revision),
  row('vendor', 'text', 'maker', 'vendor'),
  row('product', 'text', 'model', 'product'),
  row('serial', 'text', 'serial number or service tag', 'serial'),
  row('uuid', 'text', 'system UUID', 'uuid'),
  of('sku', 'text', 'order number of the model', ({ system }) => system?.sku),
  of('asset_tag', 'text', 'label that its owner gave the chassis', ({ system }) => system?.chassis?.assetTag),
  row('chassis_serial', 'text', 'serial number of the chassis', 'chassisSerial'),
  of('enclosure_serial', 'text', 'serial number of what a blade sits in', ({ system }) => system?.enclosure?.serial),
  of('enclosure_bay', 'text', 'where in the enclosure a blade sits', ({ system }) => system?.enclosure?.bay),
  of('board_product', 'text', 'model of the main board', ({ board }) => board?.product),
  of('board_serial', 'text', 'serial number of the main board', ({ board }) => board?.serial),
  row('firmware_version', 'text', 'version of the firmware', 'firmwareVersion'),
  of('firmware_date', 'text', 'its date, as printed', ({ firmware }) => firmware?.date),
  row('boot_mode', 'text', 'uefi or bios', 'bootMode'),
  of('secure_boot', 'boolean', 'the firmware enforced signatures', ({ firmware }) => firmware?.secureBoot),
  row('cpu_model', 'text', 'model of the processors', 'cpuModel'),
  of('cpu_architecture', 'text', 'instruction set', ({ cpu }) => cpu?.architecture),
  row('cpu_sockets', 'bigint', 'sockets with a processor', 'cpuSockets'),
  row('cpu_cores', 'bigint', 'cores of all sockets', 'cpuCores'),
  row('cpu_threads', 'bigint', 'logical CPUs of all sockets', 'cpuThreads'),
  row('memory_total_bytes', 'bigint', 'what Linux can use', 'memoryTotalBytes'),
  row('memory_installed_bytes', 'bigint', 'sum of the fitted DIMMs', 'memoryInstalledBytes'),
  row('dimm_count', 'bigint', 'fitted DIMMs', 'dimmCount'),
  of('dimm_slots', 'bigint', 'slots for DIMMs', ({ memory }) => memory?.slots),
  row('disk_count', 'bigint', 'disks that are not removable', 'diskCount'),
  row('disk_bytes', 'bigint', 'size of them together', 'diskBytes'),
  of('port_count', 'bigint', 'network ports', ({ network }) => network?.portCount),
  row('bmc_address', 'text', 'IPv4 address of the BMC', 'bmcAddress'),
  of('bmc_mac', 'mac', 'MAC address of the BMC', ({ bmc }) => parseMac(bmc?.mac ?? '')),
  of('bmc_firmware', 'text', 'firmware version of the BMC', ({ bmc }) => bmc?.firmware),
  column('source', 'text', 'of a merged tarball: the one that the record came from', ({ node }) => node.source),
  column('record', 'json', 'the whole record (docs/fields.md)', ({ node }) => node.record),
];

/** What the columns are taken from. */
export function machineSource(node: VisitNode): MachineSource {
  return { node, row: machineRow(node.mac, node.revision ?? 0, node.record), sections: recordData(node.record) };
}

function row(
  name: string,
  type: ColumnType,
  about: string,
  key: Exclude<keyof MachineRow, 'nicMacs' | 'otherMacs'>,
): Column<MachineSource> {
  return column(name, type, about, (machine) => machine.row[key]);
}

function of(name: string, type: ColumnType, about: string, pick: (sections: RecordData) => CellValue): Column<MachineSource> {
  return column(name, type, about, (machine) => pick(machine.sections));
}
