import assert from 'node:assert/strict';
import test from 'node:test';
import { parseSmartctl } from '../../../../src/inventory/tools/smartctl/json.ts';

const HEAD = 'smartctl 7.3 2022-02-28 r5338 [x86_64-linux-6.1.0] (local build)\n\n=== START OF INFORMATION SECTION ===\n';
const read = (text: string) => parseSmartctl(Buffer.from(`${HEAD}${text}`));

test('the text of smartctl of a SATA SSD', () => {
  const drive = read(`Device Model:     PLATTE 480
Serial Number:    QD480X1
LU WWN Device Id: 5 00a075 1e4a1b2c3
Firmware Version: D1MU004
User Capacity:    480,103,981,056 bytes [480 GB]
Sector Sizes:     512 bytes logical, 4096 bytes physical
Rotation Rate:    Solid State Device
Form Factor:      2.5 inches
SATA Version is:  SATA 3.3, 6.0 Gb/s (current: 6.0 Gb/s)
SMART overall-health self-assessment test result: PASSED
ID# ATTRIBUTE_NAME          FLAG     VALUE WORST THRESH TYPE      UPDATED  WHEN_FAILED RAW_VALUE
  5 Reallocated_Sector_Ct   0x0032   100   100   010    Old_age   Always       -       3
  9 Power_On_Hours          0x0032   100   100   000    Old_age   Always       -       20117
194 Temperature_Celsius     0x0022   066   050   000    Old_age   Always       -       34 (Min/Max 18/50)
197 Current_Pending_Sector  0x0032   100   100   000    Old_age   Always       -       0
202 Percent_Lifetime_Remain 0x0030   091   091   001    Old_age   Offline      -       9
`);
  const { health, ...facts } = drive ?? { health: undefined };
  assert.deepEqual(JSON.parse(JSON.stringify(facts)), {
    model: 'PLATTE 480',
    serial: 'QD480X1',
    firmware: 'D1MU004',
    wwn: '0x500a0751e4a1b2c3',
    sizeBytes: 480_103_981_056,
    logicalBlockBytes: 512,
    physicalBlockBytes: 4096,
    formFactor: '2.5 inches',
    transport: 'sata',
  });
  assert.deepEqual(JSON.parse(JSON.stringify(health)), {
    smartPassed: true,
    temperatureCelsius: 34,
    powerOnHours: 20117,
    wearPercent: 9,
    reallocatedSectors: 3,
    pendingSectors: 0,
  });
});

test('of a SAS drive and of an NVMe drive', () => {
  const sas = read(`Vendor:               PLATTEN
Product:              PX900
Revision:             C1
User Capacity:        900,185,481,216 bytes [900 GB]
Logical block size:   512 bytes
Rotation Rate:        10000 rpm
Logical Unit id:      0x5000c500a1b2c3d4
Serial number:        S3SAS1
Transport protocol:   SAS (SPL-4)
SMART Health Status: OK
Current Drive Temperature:     29 C
Elements in grown defect list: 7
`);
  assert.deepEqual(
    [
      sas?.vendor,
      sas?.model,
      sas?.firmware,
      sas?.serial,
      sas?.wwn,
      sas?.transport,
      sas?.rotationRpm,
      sas?.health.grownDefects,
      sas?.health.temperatureCelsius,
    ],
    ['PLATTEN', 'PX900', 'C1', 'S3SAS1', '0x5000c500a1b2c3d4', 'sas', 10000, 7, 29],
  );
  const nvme = read(`Model Number:                       FLINK 2T
Serial Number:                      NV2T1
Total NVM Capacity:                 2,000,398,934,016 [2.00 TB]
SMART overall-health self-assessment test result: FAILED!
Temperature:                        44 Celsius
Percentage Used:                    12%
Data Units Written:                 1,234,567 [632 GB]
Power On Hours:                     8,761
`);
  assert.deepEqual(
    [
      nvme?.serial,
      nvme?.sizeBytes,
      nvme?.transport,
      nvme?.health.smartPassed,
      nvme?.health.wearPercent,
      nvme?.health.powerOnHours,
      nvme?.health.writtenBytes,
    ],
    ['NV2T1', 2_000_398_934_016, 'nvme', false, 12, 8761, 1_234_567 * 512_000],
  );
});

test('a drive that was not opened, and any other text, are none', () => {
  assert.equal(read('Smartctl open device: /dev/sdz failed: No such device\n'), undefined);
  assert.equal(parseSmartctl(Buffer.from('Device Model: X\nSerial Number: Y\n')), undefined);
});
