import assert from 'node:assert/strict';
import test from 'node:test';
import { type DriveHealth, driveTrouble } from '../../../src/judge/findings/drive-health.ts';
import { messagesIn } from './found-in.ts';

const trouble = (drive: DriveHealth) =>
  driveTrouble('sda', 'disks[0]', drive).map(({ severity, code, message, evidence }) => [severity, code, message, evidence]);

for (const [drive, severity, code, said] of [
  [{ smartPassed: false }, 'critical', 'disk-failing', 'says that it is failing'],
  [{ predictiveFailures: 1 }, 'warning', 'disk-failing', 'is expected to fail by its controller'],
  [{ wearPercent: 80 }, 'warning', 'disk-worn', 'has used 80 % of its rated endurance'],
  [{ availableSparePercent: 10 }, 'warning', 'disk-spare', 'has 10 % of its spare blocks left'],
  [{ availableSparePercent: 1 }, 'warning', 'disk-spare', 'has 1 % of its spare blocks left'],
  [{ mediaErrors: 1 }, 'warning', 'disk-errors', 'counted 1 media error'],
  [{ mediaErrors: 2 }, 'warning', 'disk-errors', 'counted 2 media errors'],
  [{ pendingSectors: 1 }, 'warning', 'disk-errors', 'has 1 sector that it cannot read'],
  [{ reallocatedSectors: 1 }, 'note', 'disk-errors', 'has replaced 1 sector'],
  [{ reallocatedSectors: 8 }, 'note', 'disk-errors', 'has replaced 8 sectors'],
  [{ grownDefects: 1 }, 'note', 'disk-errors', 'has 1 grown defect'],
] as const) {
  const [key] = Object.keys(drive);
  test(`${JSON.stringify(drive)}: ${said}`, () => assert.deepEqual(trouble(drive), [[severity, code, `sda ${said}`, `disks[0].${key}`]]));
}

for (const drive of [
  { smartPassed: true },
  { predictiveFailures: 0 },
  { wearPercent: 79 },
  { availableSparePercent: 11 },
  { availableSparePercent: 0 },
  { mediaErrors: 0 },
  { pendingSectors: 0 },
  { reallocatedSectors: 0 },
  { grownDefects: 0 },
]) {
  test(`${JSON.stringify(drive)} is no trouble`, () => assert.deepEqual(trouble(drive), []));
}

test('a drive without any spare block that failed its own test has really none', () => {
  assert.deepEqual(
    trouble({ smartPassed: false, availableSparePercent: 0 }).map(([, , message]) => message),
    ['sda says that it is failing', 'sda has 0 % of its spare blocks left'],
  );
});

test('a disk is called by its name, model and serial number, as far as they are known', () => {
  const disks = [
    { name: 'sda', model: 'Example 4T', serial: 'ZC1', wearPercent: 99 },
    { name: 'sdb', wearPercent: 99 },
  ];
  assert.deepEqual(messagesIn({ disks }), [
    'disk sda Example 4T ZC1 has used 99 % of its rated endurance',
    'disk sdb has used 99 % of its rated endurance',
  ]);
});
