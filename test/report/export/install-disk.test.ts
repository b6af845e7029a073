import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MachineDrives } from '../../../src/domain/drives/machine-drives.ts';
import { installDisk } from '../../../src/report/export/install-disk.ts';
import type { ExportMachine } from '../../../src/report/export/machine.ts';

const DRIVES: MachineDrives = {
  drives: [
    { name: 'nvme1n1', kind: 'NVMe', sizeBytes: 3_840e9, serial: 'N1' },
    { name: 'nvme0n1', kind: 'NVMe', sizeBytes: 480e9, serial: 'N0', wwn: 'eui.0' },
    { name: 'nvme2n1', kind: 'NVMe', sizeBytes: 480e9, serial: 'N2' },
    { name: '252:1', kind: 'HDD', sizeBytes: 100e9, serial: 'HIDDEN', behind: 'PERC' },
    { name: 'sdq', kind: 'HDD', serial: 'NO-SIZE' },
  ],
  volumes: [
    { name: 'sdb', kind: 'LUN', sizeBytes: 1e9 },
    { name: 'sdc', kind: 'RAID volume', sizeBytes: 500e9, serial: 'OF-CONTROLLER', wwn: 'naa.6' },
  ],
  media: [{ name: 'sdz', sizeBytes: 1e9 }],
  isCounted: true,
};

const of = (wanted: string, drives: MachineDrives | undefined = DRIVES) => installDisk({ drives } as ExportMachine, wanted);

test('the smallest that the machine owns: no stick, no LUN, none that a controller hides, none without a size', () => {
  assert.deepEqual(of('smallest'), { device: '/dev/nvme0n1', wwn: 'eui.0', serial: 'N0' });
});

test('of a volume no serial number, which is often that of its controller', () => {
  assert.deepEqual(of('smallest', { ...DRIVES, drives: [] }), { device: '/dev/sdc', wwn: 'naa.6' });
});

test('a device by its name, also one whose size nobody says; none where the machine has it not', () => {
  assert.deepEqual(of('/dev/sdq'), { device: '/dev/sdq', serial: 'NO-SIZE' });
  assert.deepEqual(of('/dev/sdb'), { device: '/dev/sdb' }, 'asked for by name');
  assert.equal(of('/dev/sdz'), undefined, 'a stick');
  assert.equal(of('/dev/252:1'), undefined);
  assert.equal(of('smallest', { ...DRIVES, drives: [], volumes: [] }), undefined);
  assert.equal(installDisk({} as ExportMachine, 'smallest'), undefined);
});
