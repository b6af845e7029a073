import type { Cell } from '../../domain/values/csv-line.ts';
import type { Column } from '../columns/column.ts';
import { DIMM } from '../columns/dimms.ts';
import { DISK } from '../columns/disks.ts';
import { MACHINE } from '../columns/machines.ts';
import { NIC } from '../columns/nics.ts';
import { VOLUME } from '../columns/volumes.ts';
import { ROW_COLUMNS } from '../machine-row.ts';
import type { ExportMachine } from './machine.ts';

/** A table of the exports `csv` and `xlsx`; its file is the name and `.csv`, and the sheet is called like it. */
export interface CsvTable {
  /** every column that it can have; the first two tell the machine */
  names: readonly string[];
  /** those that it has without a map, in their order */
  usual: readonly string[];
  /** a machine's lines, each by the names of columns */
  rows(machine: ExportMachine): ((column: string) => Cell)[];
}

const DISK_USUAL = [
  ...(['name', 'kind', 'behind', 'sizeBytes', 'vendor', 'model', 'serial', 'wwn', 'firmware', 'transport'] as const),
  ...(['rotational', 'rotationRpm', 'removable', 'formFactor', 'enclosure', 'enclosureSlot', 'byPath', 'smartPassed', 'state'] as const),
];
const MEDIA_USUAL = ['name', 'sizeBytes', 'vendor', 'model', 'serial', 'wwn', 'firmware', 'transport', 'removable', 'byPath'] as const;
const DIMM_USUAL = [
  ...(['locator', 'bankLocator', 'populated', 'sizeBytes', 'type', 'ratedSpeedMtps', 'configuredSpeedMtps'] as const),
  ...(['manufacturer', 'manufacturerName', 'partNumber', 'serial', 'ecc'] as const),
];
const NIC_USUAL = [
  ...(['name', 'mac', 'permanentMac', 'vendor', 'product', 'driver', 'firmware', 'pciAddress', 'slot', 'bmcLink'] as const),
  ...(['virtualFunction', 'linkUp', 'speedMbps', 'duplex', 'portType', 'guid'] as const),
  ...(['switchName', 'switchId', 'switchPort', 'switchPortDescription', 'switchAddresses', 'pvid'] as const),
];

/** In the order of the export. A network interface has a MAC address of its own: its machine's stands under another name. */
export const CSV_TABLES = {
  machines: table('mac', MACHINE, ROW_COLUMNS, ({ sections }) => [sections]),
  disks: table('mac', DISK, DISK_USUAL, ({ drives }) => drives?.drives),
  volumes: table('mac', VOLUME, Object.keys(VOLUME) as (keyof typeof VOLUME)[], ({ drives }) => drives?.volumes),
  media: table('mac', DISK, MEDIA_USUAL, ({ drives }) => drives?.media),
  dimms: table('mac', DIMM, DIMM_USUAL, ({ sections }) => sections.memory?.dimms),
  nics: table('machineMac', NIC, NIC_USUAL, ({ sections }) => sections.nics),
} as const;
export type CsvTableName = keyof typeof CSV_TABLES;

/** Which columns of which tables, in which order, under which headings: the heading first, then the column that it stands for. */
export type ChosenColumns = { readonly [Table in CsvTableName]?: Readonly<Record<string, string>> };

/** A table with the columns that it is written with. */
export interface ChosenTable {
  name: CsvTableName;
  table: CsvTable;
  headings: readonly string[];
  /** under each heading */
  columns: readonly string[];
}

/** The tables of a map; without one all of them, with their usual columns under their own names. */
export function chosenTables(columnMap: ChosenColumns | undefined): ChosenTable[] {
  return (Object.keys(CSV_TABLES) as CsvTableName[]).flatMap((name) => {
    const table: CsvTable = CSV_TABLES[name];
    const usual = Object.fromEntries(table.usual.map((column) => [column, column]));
    const headings = columnMap === undefined ? usual : columnMap[name];
    return headings === undefined ? [] : [{ name, table, headings: Object.keys(headings), columns: Object.values(headings) }];
  });
}

function table<Source, Name extends string>(
  mac: string,
  all: Readonly<Record<Name, Column<Source, Cell>>>,
  usual: readonly NoInfer<Name>[],
  sources: (machine: ExportMachine) => readonly Source[] | undefined,
): CsvTable {
  const columns = new Map<string, Column<Source, Cell>>(Object.entries(all));
  return {
    names: ['host', mac, ...columns.keys()],
    usual: ['host', mac, ...usual],
    rows: (machine) =>
      (sources(machine) ?? []).map((source) => (column) => {
        if (column === 'host') return machine.name;
        return column === mac ? machine.mac : columns.get(column)?.of(source);
      }),
  };
}
