import type { Finding, NamedRecord } from './finding.ts';
import { findBmcTrouble } from './findings-bmc.ts';
import { findDiskTrouble } from './findings-disks.ts';
import { findFleetOddities } from './findings-fleet.ts';
import { findMemoryTrouble } from './findings-memory.ts';
import { findPciTrouble } from './findings-pci.ts';
import { findPlatformTrouble } from './findings-platform.ts';
import { findStorageTrouble } from './findings-storage.ts';

const ORDER: readonly Finding['severity'][] = ['critical', 'warning', 'note'];

/** What an engineer would circle in these records, the worst first, each with the path of its evidence. Pure. */
export function findings(records: readonly NamedRecord[]): Finding[] {
  const each = [findMemoryTrouble, findDiskTrouble, findStorageTrouble, findPciTrouble, findPlatformTrouble, findBmcTrouble];
  const found = [...records.flatMap((record) => each.flatMap((find) => find(record))), ...findFleetOddities(records)];
  return found.sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
}
