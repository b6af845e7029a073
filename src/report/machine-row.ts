import type { Severity } from '../domain/record/finding.ts';
import type { NodeRecord } from '../domain/record/node-record.ts';
import { recordData } from '../domain/record/record-data.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { picked } from './columns/column.ts';
import { MACHINE } from './columns/machines.ts';

/** The columns of a machine that stand in its row, in the order of nodes.csv and machines.csv. */
export const ROW_COLUMNS = [
  ...(['vendor', 'product', 'serial', 'uuid', 'chassisSerial', 'firmwareVersion', 'bootMode'] as const),
  ...(['cpuModel', 'cpuSockets', 'cpuCores', 'cpuThreads', 'memoryTotalBytes', 'memoryInstalledBytes', 'dimmCount'] as const),
  ...(['diskCount', 'diskBytes', 'volumeCount', 'volumeBytes', 'driveSerials', 'nicMacs', 'bmcAddress', 'bmcMac'] as const),
] as const satisfies readonly (keyof typeof MACHINE)[];

type RowColumn = (typeof ROW_COLUMNS)[number];
type FromRecord = { [Name in RowColumn]?: NonNullable<ReturnType<(typeof MACHINE)[Name]['of']>> };

/** One machine as a row of a table; a missing key means "not reported". */
export interface MachineRow extends FromRecord {
  mac: string;
  revision: number;
  /** other MAC addresses that records of this machine came under */
  otherMacs?: string[];
  findingCount?: number;
  worstFinding?: Severity;
  /** 0 to 100: how sure the machine can be told from others */
  identityScore?: number;
}

/** The row of a machine that never sent a record: what its boot loader or initrd said, and why it got no further. */
export type EarlyRow = Omit<MachineRow, 'revision'> & { origin?: string; verdict?: string };

/** Picks a row out of a record. */
export function machineRow(mac: string, revision: number, record: NodeRecord): MachineRow {
  const data = recordData(record);
  const values = picked(MACHINE, ROW_COLUMNS).map((column) => [column.name, column.of(data)] as const);
  return { mac, revision, ...(definedOnly(Object.fromEntries(values)) as FromRecord) };
}
