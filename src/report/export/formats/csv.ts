import { type Cell, spreadsheetLine } from '../../../domain/values/csv-line.ts';
import { type Column, picked } from '../../columns/column.ts';
import { DIMM } from '../../columns/dimms.ts';
import { DISK } from '../../columns/disks.ts';
import { MACHINE } from '../../columns/machines.ts';
import { NIC } from '../../columns/nics.ts';
import { VOLUME } from '../../columns/volumes.ts';
import { ROW_COLUMNS } from '../../machine-row.ts';
import type { ExportFormat } from '../format.ts';

const MACHINES = picked(MACHINE, ROW_COLUMNS);
const DISKS = picked(DISK, [
  ...([
    'name',
    'kind',
    'behind',
    'sizeBytes',
    'vendor',
    'model',
    'serial',
    'wwn',
    'firmware',
    'transport',
    'rotational',
    'rotationRpm',
  ] as const),
  ...(['removable', 'formFactor', 'enclosure', 'enclosureSlot', 'byPath', 'smartPassed', 'state'] as const),
]);
const VOLUMES = Object.values(VOLUME);
const MEDIA = picked(DISK, ['name', 'sizeBytes', 'vendor', 'model', 'serial', 'wwn', 'firmware', 'transport', 'removable', 'byPath']);
const DIMMS = picked(DIMM, [
  ...(['locator', 'bankLocator', 'populated', 'sizeBytes', 'type', 'ratedSpeedMtps', 'configuredSpeedMtps'] as const),
  ...(['manufacturer', 'manufacturerName', 'partNumber', 'serial', 'ecc'] as const),
]);
const NICS = picked(NIC, [
  ...(['name', 'mac', 'permanentMac', 'vendor', 'product', 'driver', 'firmware', 'pciAddress', 'slot', 'bmcLink'] as const),
  ...(['virtualFunction', 'linkUp', 'speedMbps', 'duplex', 'portType', 'guid'] as const),
  ...(['switchName', 'switchId', 'switchPort', 'switchPortDescription', 'switchAddresses', 'pvid'] as const),
]);

/** Six tables; the first columns, host name and MAC address, tell the machine in each of them. */
export const CSV: ExportFormat = {
  name: 'csv',
  about: 'six tables: machines.csv, disks.csv, volumes.csv, media.csv, dimms.csv, nics.csv',
  shape: 'directory',
  async *write(machines) {
    yield { file: 'machines.csv', text: spreadsheetLine(['host', 'mac', ...heads(MACHINES)]) };
    yield { file: 'disks.csv', text: spreadsheetLine(['host', 'mac', ...heads(DISKS)]) };
    yield { file: 'volumes.csv', text: spreadsheetLine(['host', 'mac', ...heads(VOLUMES)]) };
    yield { file: 'media.csv', text: spreadsheetLine(['host', 'mac', ...heads(MEDIA)]) };
    yield { file: 'dimms.csv', text: spreadsheetLine(['host', 'mac', ...heads(DIMMS)]) };
    yield { file: 'nics.csv', text: spreadsheetLine(['host', 'machineMac', ...heads(NICS)]) };
    for await (const { name, mac, sections, drives } of machines) {
      const lines = <Source>(columns: readonly Column<Source, Cell>[], sources: readonly Source[] | undefined): string =>
        (sources ?? []).map((source) => spreadsheetLine([name, mac, ...columns.map((column) => column.of(source))])).join('');
      yield { file: 'machines.csv', text: lines(MACHINES, [sections]) };
      yield { file: 'disks.csv', text: lines(DISKS, drives?.drives) };
      yield { file: 'volumes.csv', text: lines(VOLUMES, drives?.volumes) };
      yield { file: 'media.csv', text: lines(MEDIA, drives?.media) };
      yield { file: 'dimms.csv', text: lines(DIMMS, sections.memory?.dimms) };
      yield { file: 'nics.csv', text: lines(NICS, sections.nics) };
    }
  },
};

function heads(columns: readonly { name: string }[]): string[] {
  return columns.map((column) => column.name);
}
