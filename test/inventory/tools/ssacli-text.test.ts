import assert from 'node:assert/strict';
import test from 'node:test';
import { parseSsacli } from '../../../src/inventory/tools/ssacli-text.ts';

const SHORT = `
Smart Array P440 in Slot 3    (sn: QQ00X1)

   Port Name: 1I

   Array A (SAS, Unused Space: 0  MB)

      logicaldrive 1 (1.6 TB, RAID 5, OK)

      physicaldrive 1I:2:1 (port 1I:box 2:bay 1, SAS HDD, 900 GB, OK)
      physicaldrive 1I:2:2 (port 1I:box 2:bay 2, SAS HDD, 900 GB, Predictive Failure)

   array B (Solid State SATA, Unused Space: 0  MB)

      logicaldrive 2 (447.1 GB, RAID 1, OK)
      physicaldrive 1I:2:3 (port 1I:box 2:bay 3, Solid State SATA, 480 GB, OK)

   unassigned

      physicaldrive 1I:2:4 (port 1I:box 2:bay 4, SAS HDD, 900 GB, OK)

   SEP (Vendor ID EXAMPLE, Model XYZ) 380 (WWID: 5001438000000000)
`;

test('the short form: arrays, logical drives, the serial number, and drives that are in no array', () => {
  const [controller] = parseSsacli(SHORT);
  assert.deepEqual([controller?.model, controller?.serial], ['Smart Array P440', 'QQ00X1']);
  assert.deepEqual(controller?.virtualDrives, [
    { id: '1', level: 'RAID5', state: 'OK', sizeText: '1.6 TB', driveGroup: 'A' },
    { id: '2', level: 'RAID1', state: 'OK', sizeText: '447.1 GB', driveGroup: 'B' },
  ]);
  assert.deepEqual(
    controller?.physicalDrives.map(({ slot, driveGroup, medium, state }) => [slot, driveGroup, medium, state]),
    [
      ['1I:2:1', 'A', 'HDD', 'OK'],
      ['1I:2:2', 'A', 'HDD', 'Predictive Failure'],
      ['1I:2:3', 'B', 'SSD', 'OK'],
      ['1I:2:4', undefined, 'HDD', 'OK'],
    ],
  );
});

const DETAIL = `
Smart HBA E208 in Slot 12
   Slot: 12
   Serial Number: QQ00X2
   PCI Address (Domain:Bus:Device.Function): 0000:AF:00.0
   Controller Status: OK

   Array: C
      Interface Type: SATA
      Status: OK

      Logical Drive: 1
         Size: 1.7 TB
         Fault Tolerance: 1+0
         Status: OK
         Disk Name: /dev/sdq

      physicaldrive 2I:1:5
         Port: 2I
         Status: OK
         Interface Type: Solid State SATA
         Size: 960 GB
         Firmware Revision: XQ1
         Serial Number: DD77A
         WWID: 30000D1701801803
         Model: ATA     MODEL 960
         Current Temperature (C): 33
         Usage remaining: 97.80%
         Power On Hours: 20011

   SEP (Vendor ID EXAMPLE, Model XYZ) 380
      Device Number: 380
      Firmware Version: 0.02
      Serial Number: SEP99
      WWID: 5001438000000009
`;

test('the long form: a key with colons in it, the facts of a drive, and nothing of what stands behind it', () => {
  const [controller] = parseSsacli(DETAIL);
  assert.deepEqual([controller?.pciAddress, controller?.serial, controller?.health], ['0000:af:00.0', 'QQ00X2', 'OK']);
  assert.deepEqual(controller?.virtualDrives, [
    { driveGroup: 'C', level: 'RAID1+0', state: 'OK', sizeText: '1.7 TB', device: 'sdq', id: '1' },
  ]);
  assert.deepEqual(controller?.physicalDrives, [
    {
      slot: '2I:1:5',
      driveGroup: 'C',
      state: 'OK',
      interface: 'Solid State SATA',
      medium: 'SSD',
      sizeText: '960 GB',
      firmware: 'XQ1',
      serial: 'DD77A',
      wwn: '0x30000d1701801803',
      model: 'ATA MODEL 960',
      temperatureCelsius: 33,
      powerOnHours: 20011,
      wearPercent: 2,
    },
  ]);
});
