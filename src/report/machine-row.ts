import type { Severity } from '../domain/record/finding.ts';
import type { NodeRecord } from '../domain/record/node-record.ts';
import { recordData } from '../domain/record/record-data.ts';

/** One machine as a row of a table; a missing key means "not reported". */
export interface MachineRow {
  mac: string;
  revision: number;
  vendor?: string;
  product?: string;
  serial?: string;
  uuid?: string;
  chassisSerial?: string;
  firmwareVersion?: string;
  bootMode?: string;
  cpuModel?: string;
  cpuSockets?: number;
  cpuCores?: number;
  cpuThreads?: number;
  memoryTotalBytes?: number;
  memoryInstalledBytes?: number;
  dimmCount?: number;
  diskCount?: number;
  diskBytes?: number;
  nicMacs?: string[];
  bmcAddress?: string;
  bmcMac?: string;
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
  const { system, firmware, cpu, memory, disks, nics, bmc } = recordData(record);
  const fixedDisks = disks?.filter((disk) => disk.removable !== true);
  return withoutUndefined({
    mac,
    revision,
    vendor: system?.vendor,
    product: system?.product,
    serial: system?.serial,
    uuid: system?.uuid,
    chassisSerial: system?.chassis?.serial,
    firmwareVersion: firmware?.version,
    bootMode: firmware?.bootMode,
    cpuModel: cpu?.model,
    cpuSockets: cpu?.sockets,
    cpuCores: cpu?.cores,
    cpuThreads: cpu?.threads,
    memoryTotalBytes: memory?.totalBytes,
    memoryInstalledBytes: memory?.installedBytes,
    dimmCount: memory?.dimms.filter((dimm) => dimm.populated).length,
    diskCount: fixedDisks?.length,
    diskBytes: fixedDisks?.reduce((sum, disk) => sum + (disk.sizeBytes ?? 0), 0),
    // the link to the BMC has the same address on many machines
    nicMacs: nics?.flatMap((nic) => (nic.bmcLink === true ? [] : (nic.permanentMac ?? nic.mac ?? []))),
    bmcAddress: bmc?.address,
    bmcMac: bmc?.mac,
  });
}

function withoutUndefined(row: { [Key in keyof MachineRow]: MachineRow[Key] | undefined }): MachineRow {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as unknown as MachineRow;
}
