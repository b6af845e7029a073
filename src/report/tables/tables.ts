import { machineDrives } from '../../domain/drives/machine-drives.ts';
import type { Finding } from '../../domain/record/finding.ts';
import { placeWords } from '../../domain/visit/words-of-visits.ts';
import type { VerdictRow, Visit, VisitNode } from '../../tarball/visit.ts';
import { type ColumnValue, KEY_COLUMNS, type SqlColumn } from './column.ts';
import { EVENT_COLUMNS, GPU_COLUMNS, PCI_COLUMNS, POWER_SUPPLY_COLUMNS, SENSOR_COLUMNS } from './devices.ts';
import { MACHINE_COLUMNS, machineSource } from './machines.ts';
import { DIMM_COLUMNS, DISK_COLUMNS, FINDING_COLUMNS, MEDIA_COLUMNS, MISSING_COLUMNS, NIC_COLUMNS, VOLUME_COLUMNS } from './parts.ts';

export const TABLE_NAMES = [
  'visits',
  'machines',
  'disks',
  'volumes',
  'media',
  'dimms',
  'nics',
  'gpus',
  'power_supplies',
  'pci',
  'sensors',
  'events',
  'findings',
  'missing',
] as const;
export type TableName = (typeof TABLE_NAMES)[number];

export type TableRow = readonly ColumnValue[];

interface ColumnHead {
  readonly name: string;
  readonly type: SqlColumn<never>['type'];
  readonly about: string;
}

export interface Table {
  readonly name: TableName;
  readonly about: string;
  readonly columns: readonly ColumnHead[];
  /** columns that together name one row; they are indexed */
  readonly key: readonly string[];
  /** other columns that people look for */
  readonly indexed: readonly string[];
}

const VISIT_COLUMNS: readonly ColumnHead[] = [
  { name: 'visit', type: 'text', about: 'name of the visit, in every table: site and time of the tarball unless it was given' },
  { name: 'site', type: 'text', about: 'site as the tarball names it' },
  { name: 'created_at', type: 'timestamp', about: 'when the tarball was made (UTC, clock of the master)' },
  { name: 'image_version', type: 'text', about: 'version of the image that took the inventory' },
  { name: 'path', type: 'text', about: 'file that it was read from' },
  {
    name: 'visit_id',
    type: 'text',
    about: 'id of the visit of the stick, which its records carry; none in merged tarballs and older ones',
  },
  { name: 'visit_number', type: 'bigint', about: 'the how many-th visit of that stick it was' },
  { name: 'begun_at', type: 'timestamp', about: 'when the visit began (UTC, clock of the master)' },
  { name: 'place', type: 'text', about: 'where the visit was: site, and the machine that the stick was in' },
];

/** The tables of `recon query` and `recon load`: column names carry units, and a missing value means "not reported". */
export const TABLES: readonly Table[] = [
  { name: 'visits', about: 'one row per tarball', columns: VISIT_COLUMNS, key: ['visit'], indexed: ['site'] },
  {
    name: 'machines',
    about: 'machines with a record; one that came under two addresses has one row',
    columns: [...KEY_COLUMNS, ...MACHINE_COLUMNS],
    key: ['visit', 'mac'],
    indexed: ['serial', 'product', 'uuid'],
  },
  {
    name: 'disks',
    about: 'drives as one counts them in the machine, those behind RAID controllers too, each once',
    columns: [...KEY_COLUMNS, ...DISK_COLUMNS],
    key: ['visit', 'mac', 'position'],
    indexed: ['serial', 'wwn', 'model'],
  },
  {
    name: 'volumes',
    about: 'what RAID controllers make of drives, and LUNs of storage networks: never a drive',
    columns: [...KEY_COLUMNS, ...VOLUME_COLUMNS],
    key: ['visit', 'mac', 'position'],
    indexed: ['serial'],
  },
  {
    name: 'media',
    about: 'disks that are no part of the machine: on USB, with a medium that can be taken out, or without one',
    columns: [...KEY_COLUMNS, ...MEDIA_COLUMNS],
    key: ['visit', 'mac', 'position'],
    indexed: ['serial'],
  },
  {
    name: 'dimms',
    about: 'memory slots, empty ones too (populated)',
    columns: [...KEY_COLUMNS, ...DIMM_COLUMNS],
    key: ['visit', 'mac', 'position'],
    indexed: ['serial', 'part_number'],
  },
  {
    name: 'nics',
    about: 'network interfaces, links to the BMC and virtual functions too',
    columns: [...KEY_COLUMNS, ...NIC_COLUMNS],
    key: ['visit', 'mac', 'position'],
    indexed: ['port_mac', 'lldp_switch'],
  },
  {
    name: 'gpus',
    about: 'display controllers, that of the BMC too',
    columns: [...KEY_COLUMNS, ...GPU_COLUMNS],
    key: ['visit', 'mac', 'position'],
    indexed: ['serial', 'model'],
  },
  {
    name: 'power_supplies',
    about: 'bays for power supplies, empty ones too (present)',
    columns: [...KEY_COLUMNS, ...POWER_SUPPLY_COLUMNS],
    key: ['visit', 'mac', 'position'],
    indexed: ['serial'],
  },
  {
    name: 'pci',
    about: 'functions on the PCI buses, bridges too',
    columns: [...KEY_COLUMNS, ...PCI_COLUMNS],
    key: ['visit', 'mac', 'position'],
    indexed: ['vendor_id', 'device_id'],
  },
  {
    name: 'sensors',
    about: 'readings of the BMC at the time of the inventory',
    columns: [...KEY_COLUMNS, ...SENSOR_COLUMNS],
    key: ['visit', 'mac', 'position'],
    indexed: ['name'],
  },
  {
    name: 'events',
    about: "newest critical entries of the BMC's event log; how many entries there are stands in the record",
    columns: [...KEY_COLUMNS, ...EVENT_COLUMNS],
    key: ['visit', 'mac', 'position'],
    indexed: [],
  },
  {
    name: 'findings',
    about: 'what an engineer would look at, the worst first',
    columns: [...KEY_COLUMNS, ...FINDING_COLUMNS],
    key: ['visit', 'mac', 'position'],
    indexed: ['code', 'severity'],
  },
  {
    name: 'missing',
    about: 'addresses that asked and gave no record',
    columns: [...KEY_COLUMNS, ...MISSING_COLUMNS],
    key: ['visit', 'mac'],
    indexed: ['code'],
  },
];

/** Name of a visit that was given none: two tarballs with the same one are the same tarball. */
export function visitName({ site, createdAt }: Pick<Visit, 'site' | 'createdAt'>): string {
  return `${site} ${createdAt}`;
}

/** The row of table `visits`. */
export function visitRow(
  name: string,
  { site, createdAt, imageVersion, path, visit }: Pick<Visit, 'site' | 'createdAt' | 'imageVersion' | 'path' | 'visit'>,
): TableRow {
  const place = visit === undefined ? '' : placeWords(visit.place);
  const start = [visit?.id ?? null, visit?.number ?? null, visit?.begunAt ?? null, place === '' ? null : place];
  return [name, site, createdAt, imageVersion, path, ...start];
}

/** All rows of one machine but its findings. */
export function machineRows(visit: string, node: VisitNode): Record<Exclude<TableName, 'visits' | 'findings' | 'missing'>, TableRow[]> {
  const machine = machineSource(node);
  const { disks, memory, nics, storage, gpus, powerSupplies, pci, bmc } = machine.data;
  const counted = machineDrives(disks, storage);
  const rows = <Source>(columns: readonly SqlColumn<Source>[], sources: readonly Source[] | undefined): TableRow[] =>
    (sources ?? []).map((source, position) => [visit, node.mac, ...columns.map((column) => column.of(source, position) ?? null)]);
  return {
    machines: rows(MACHINE_COLUMNS, [machine]),
    disks: rows(DISK_COLUMNS, counted?.drives),
    volumes: rows(VOLUME_COLUMNS, counted?.volumes),
    media: rows(MEDIA_COLUMNS, counted?.media),
    dimms: rows(DIMM_COLUMNS, memory?.dimms),
    nics: rows(NIC_COLUMNS, nics),
    gpus: rows(GPU_COLUMNS, gpus),
    power_supplies: rows(POWER_SUPPLY_COLUMNS, powerSupplies),
    pci: rows(PCI_COLUMNS, pci),
    sensors: rows(SENSOR_COLUMNS, bmc?.sensors),
    events: rows(EVENT_COLUMNS, bmc?.eventLog?.newestCritical),
  };
}

/** The row of an address that gave no record. */
export function missingRow(visit: string, verdict: VerdictRow): TableRow {
  return [visit, verdict.mac, ...MISSING_COLUMNS.map((column) => column.of(verdict, 0) ?? null)];
}

/** The row of a finding; `position` counts from the worst of the visit. */
export function findingRow(visit: string, finding: Finding, position: number): TableRow {
  return [visit, finding.machine, ...FINDING_COLUMNS.map((column) => column.of(finding, position) ?? null)];
}
