import { type Finding, type RecordFinding, worstFirst } from '../../domain/record/finding.ts';
import type { NodeRecord } from '../../domain/record/node-record.ts';
import { findBmcTrouble } from './bmc.ts';
import { findCpuTrouble } from './cpu.ts';
import { findDiskTrouble } from './disks.ts';
import { findGpuTrouble } from './gpus.ts';
import type { NamedRecord } from './judged-record.ts';
import { findMemoryTrouble } from './memory.ts';
import { findNetworkTrouble } from './network.ts';
import { findPciTrouble } from './pci.ts';
import { findPlatformTrouble } from './platform.ts';
import { findStorageTrouble } from './storage.ts';
import { findUnreadFiles } from './unread-files.ts';

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
    findGpuTrouble,
    findUnreadFiles,
  ];
  return worstFirst(records.flatMap((record) => each.flatMap((find) => find(record))));
}

/** The same of one machine, as its record carries it: without a name, because the record has none. */
export function recordFindings(record: Pick<NodeRecord, 'sections' | 'rawFiles'>): RecordFinding[] {
  return findings([{ name: '', record }]).map(({ severity, code, message, evidence }) => ({ severity, code, message, evidence }));
}
