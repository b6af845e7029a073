import { type Finding, type RecordFinding, worstFirst } from '../domain/finding.ts';
import type { NodeRecord } from '../domain/node-record.ts';
import type { NamedRecord } from './finding.ts';
import { findBmcTrouble } from './findings-bmc.ts';
import { findCpuTrouble } from './findings-cpu.ts';
import { findDiskTrouble } from './findings-disks.ts';
import { findMemoryTrouble } from './findings-memory.ts';
import { findNetworkTrouble } from './findings-network.ts';
import { findPciTrouble } from './findings-pci.ts';
import { findPlatformTrouble } from './findings-platform.ts';
import { findStorageTrouble } from './findings-storage.ts';

/** What an engineer would circle in each of these records by itself, the worst first, each with the path of its evidence. Pure. */
export function findings(records: readonly NamedRecord[]): Finding[] {
  const each = [
    findMemoryTrouble,
    findDiskTrouble,
    findStorageTrouble,
    findPciTrouble,
    findPlatformTrouble,
    findBmcTrouble,
    findCpuTrouble,
    findNetworkTrouble,
  ];
  return worstFirst(records.flatMap((record) => each.flatMap((find) => find(record))));
}

/** The same of one machine, as its record carries it: without a name, because the record has none. */
export function recordFindings(record: Pick<NodeRecord, 'sections'>): RecordFinding[] {
  return findings([{ name: '', record }]).map(({ severity, code, message, evidence }) => ({ severity, code, message, evidence }));
}
