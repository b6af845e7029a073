import type { Dimm } from '../../../domain/record/memory.ts';
import type { Nic } from '../../../domain/record/network.ts';
import type { Disk } from '../../../domain/record/storage.ts';
import { type Cell, spreadsheetLine } from '../../csv-line.ts';
import { type MachineRow, machineRow } from '../../machine-row.ts';
import type { ExportFormat } from '../export-format.ts';

const MACHINE = [
  ...['vendor', 'product', 'serial', 'uuid', 'chassisSerial', 'firmwareVersion', 'bootMode', 'cpuModel', 'cpuSockets', 'cpuCores'],
  ...['cpuThreads', 'memoryTotalBytes', 'memoryInstalledBytes', 'dimmCount', 'diskCount', 'diskBytes', 'nicMacs', 'bmcAddress', 'bmcMac'],
] as readonly (keyof MachineRow)[];
const DISK = [
  ...['name', 'sizeBytes', 'vendor', 'model', 'serial', 'wwn', 'firmware', 'transport', 'rotational', 'rotationRpm', 'removable'],
  ...['formFactor', 'enclosure', 'enclosureSlot', 'byPath', 'smartPassed'],
] as readonly (keyof Disk)[];
const DIMM = [
  ...['locator', 'bankLocator', 'populated', 'sizeBytes', 'type', 'ratedSpeedMtps', 'configuredSpeedMtps', 'manufacturer'],
  ...['manufacturerName', 'partNumber', 'serial', 'ecc'],
] as readonly (keyof Dimm)[];
const NIC = [
  ...['name', 'mac', 'permanentMac', 'vendor', 'product', 'driver', 'firmware', 'pciAddress', 'slot', 'bmcLink', 'virtualFunction'],
  ...['linkUp', 'speedMbps', 'duplex', 'portType', 'guid'],
] as readonly (keyof Nic)[];
const NEIGHBOUR = ['switchName', 'switchId', 'switchPort', 'switchPortDescription', 'switchAddresses', 'pvid'];

/** Four tables; the first columns, host name and MAC address, tell the machine in each of them. */
export const CSV: ExportFormat = {
  name: 'csv',
  about: 'four tables: machines.csv, disks.csv, dimms.csv, nics.csv',
  shape: 'directory',
  async *write(machines) {
    yield { file: 'machines.csv', text: spreadsheetLine(['host', 'mac', ...MACHINE]) };
    yield { file: 'disks.csv', text: spreadsheetLine(['host', 'mac', ...DISK]) };
    yield { file: 'dimms.csv', text: spreadsheetLine(['host', 'mac', ...DIMM]) };
    yield { file: 'nics.csv', text: spreadsheetLine(['host', 'machineMac', ...NIC, ...NEIGHBOUR]) };
    for await (const { name, mac, node, sections } of machines) {
      const lines = (rows: readonly Cell[][]): string => rows.map((row) => spreadsheetLine([name, mac, ...row])).join('');
      yield { file: 'machines.csv', text: lines([cells(machineRow(mac, node.revision ?? 0, node.record), MACHINE)]) };
      yield { file: 'disks.csv', text: lines((sections.disks ?? []).map((disk) => cells(disk, DISK))) };
      yield { file: 'dimms.csv', text: lines((sections.memory?.dimms ?? []).map((dimm) => cells(dimm, DIMM))) };
      yield { file: 'nics.csv', text: lines((sections.nics ?? []).map((nic) => [...cells(nic, NIC), ...neighbour(nic)])) };
    }
  },
};

function cells<Row extends object>(row: Row, columns: readonly (keyof Row)[]): Cell[] {
  return columns.map((column) => row[column] as Cell);
}

function neighbour({ lldp }: Nic): Cell[] {
  const [first] = lldp ?? [];
  return [first?.chassisName, first?.chassisId, first?.portId, first?.portDescription, first?.managementAddresses, first?.pvid];
}
