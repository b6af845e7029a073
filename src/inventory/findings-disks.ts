import type { Disk } from '../domain/record/storage.ts';
import { type Finding, type NamedRecord, sectionData } from './finding.ts';

type Rule = readonly [
  key: keyof Disk & string,
  severity: Finding['severity'],
  code: string,
  says: (value: number, disk: Disk) => string | undefined,
];

/** A drive that is worn so far should be replaced at the next occasion. */
const WORN_PERCENT = 80;

const RULES: readonly Rule[] = [
  ['wearPercent', 'warning', 'disk-worn', (value) => (value >= WORN_PERCENT ? `has used ${value} % of its rated endurance` : undefined)],
  ['availableSparePercent', 'warning', 'disk-spare', (value) => (value <= 10 ? `has ${value} % of its spare blocks left` : undefined)],
  ['mediaErrors', 'warning', 'disk-errors', (value) => (value > 0 ? `counted ${value} media errors` : undefined)],
  ['pendingSectors', 'warning', 'disk-errors', (value) => (value > 0 ? `has ${value} sectors that it cannot read` : undefined)],
  ['reallocatedSectors', 'note', 'disk-errors', (value) => (value > 0 ? `has replaced ${value} sectors` : undefined)],
  ['grownDefects', 'note', 'disk-errors', (value) => (value > 0 ? `has ${value} grown defects` : undefined)],
];

/** SMART and NVMe warnings, and worn media. */
export function findDiskTrouble({ name, record }: NamedRecord): Finding[] {
  return (sectionData(record.sections.disks) ?? []).flatMap((disk, at) => {
    const who = ['disk', disk.name, disk.model, disk.serial].filter((part) => part !== undefined).join(' ');
    const failed: Finding[] =
      disk.smartPassed === false
        ? [
            {
              severity: 'critical',
              code: 'disk-failing',
              machine: name,
              message: `${who} says that it fails`,
              evidence: `disks[${at}].smartPassed`,
            },
          ]
        : [];
    const counted = RULES.flatMap(([key, severity, code, says]): Finding[] => {
      const value = disk[key];
      const said = typeof value === 'number' ? says(value, disk) : undefined;
      return said === undefined ? [] : [{ severity, code, machine: name, message: `${who} ${said}`, evidence: `disks[${at}].${key}` }];
    });
    return [...failed, ...counted];
  });
}
