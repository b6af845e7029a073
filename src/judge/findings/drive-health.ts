import type { RecordFinding, Severity } from '../../domain/record/finding.ts';

/** What a drive says of its own health; disks of Linux and drives behind a controller have the same fields. */
export interface DriveHealth {
  smartPassed?: boolean;
  wearPercent?: number;
  availableSparePercent?: number;
  mediaErrors?: number;
  pendingSectors?: number;
  reallocatedSectors?: number;
  grownDefects?: number;
  predictiveFailures?: number;
}

type Rule = readonly [
  key: keyof DriveHealth,
  severity: Severity,
  code: string,
  says: (value: number, drive: DriveHealth) => string | undefined,
];

/** A drive that is worn so far should be replaced at the next occasion. */
const WORN_PERCENT = 80;
/** Below this many per cent of spare blocks most makers raise the alarm. */
const SPARE_PERCENT = 10;

const RULES: readonly Rule[] = [
  ['predictiveFailures', 'warning', 'disk-failing', (value) => (value > 0 ? 'is expected to fail by its controller' : undefined)],
  ['wearPercent', 'warning', 'disk-worn', (value) => (value >= WORN_PERCENT ? `has used ${value} % of its rated endurance` : undefined)],
  ['availableSparePercent', 'warning', 'disk-spare', fewSpares],
  ['mediaErrors', 'warning', 'disk-errors', (value) => (value > 0 ? `counted ${counted(value, 'media error')}` : undefined)],
  ['pendingSectors', 'warning', 'disk-errors', (value) => (value > 0 ? `has ${counted(value, 'sector')} that it cannot read` : undefined)],
  ['reallocatedSectors', 'note', 'disk-errors', (value) => (value > 0 ? `has replaced ${counted(value, 'sector')}` : undefined)],
  ['grownDefects', 'note', 'disk-errors', (value) => (value > 0 ? `has ${counted(value, 'grown defect')}` : undefined)],
];

/** SMART and NVMe warnings, and worn media, of the drive at a path of the record. */
export function driveTrouble(who: string, path: string, drive: DriveHealth): RecordFinding[] {
  const failed: RecordFinding[] =
    drive.smartPassed === false
      ? [{ severity: 'critical', code: 'disk-failing', message: `${who} says that it is failing`, evidence: `${path}.smartPassed` }]
      : [];
  const counters = RULES.flatMap(([key, severity, code, says]): RecordFinding[] => {
    const value = drive[key];
    const said = typeof value === 'number' ? says(value, drive) : undefined;
    return said === undefined ? [] : [{ severity, code, message: `${who} ${said}`, evidence: `${path}.${key}` }];
  });
  return [...failed, ...counters];
}

/** A drive of a hypervisor says 0 and that all is well; one that has really none left has failed its own test. */
function fewSpares(percent: number, { smartPassed }: DriveHealth): string | undefined {
  const isReal = percent > 0 || smartPassed === false;
  return isReal && percent <= SPARE_PERCENT ? `has ${percent} % of its spare blocks left` : undefined;
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
