import assert from 'node:assert/strict';
import test from 'node:test';
import type { SmartHealth } from '../../../../src/inventory/tools/smartctl/health.ts';
import { parseSmartctl } from '../../../../src/inventory/tools/smartctl/json.ts';

const healthOf = (json: object | string): Partial<SmartHealth> =>
  parseSmartctl(Buffer.from(typeof json === 'string' ? json : JSON.stringify({ model_name: 'Drive 9', ...json })))?.health ?? {};
const attributes = (...table: [id: number, name: string, value: number, raw: number, string?: string | undefined][]) => ({
  rotation_rate: 0,
  ata_smart_attributes: {
    table: table.map(([id, name, value, raw, string]) => ({
      id,
      name,
      value,
      raw: { value: raw, ...(string === undefined ? {} : { string }) },
    })),
  },
});

test('wear of a SATA SSD by the attribute that its maker counts it by: down from 100, or the percentage itself', () => {
  const cases: [number, string, number, number, expected: number | undefined][] = [
    [177, 'Wear_Leveling_Count', 88, 4001, 12],
    [231, 'SSD_Life_Left', 61, 61, 39],
    [233, 'Media_Wearout_Indicator', 97, 0, 3],
    [202, 'Percent_Lifetime_Remain', 71, 29, 29],
    [245, 'Percent_Life_Remaining', 55, 55, 45],
    [173, 'Ave_Block-Erase_Count', 80, 700, 20],
    [169, 'Remaining_Lifetime_Perc', 100, 83, 17],
    [202, 'Perc_Rated_Life_Used', 60, 40, 40],
    // the same numbers with other meanings
    [231, 'Temperature_Celsius', 69, 31, undefined],
    [233, 'Total_LBAs_Written', 100, 46482, undefined],
    [202, 'Unknown_SSD_Attribute', 50, 0, undefined],
    // no percentage
    [177, 'Wear_Leveling_Count', 253, 1, undefined],
  ];
  for (const [id, name, value, raw, expected] of cases)
    assert.equal(healthOf(attributes([id, name, value, raw])).wearPercent, expected, name);
  assert.equal(healthOf({ ...attributes([177, 'Wear_Leveling_Count', 88, 1]), rotation_rate: 7200 }).wearPercent, undefined);
});

test('the statistics of the drive go before attributes, and only where they are valid', () => {
  const page = (value: number, valid: boolean) => ({
    ...attributes([177, 'Wear_Leveling_Count', 88, 1]),
    ata_device_statistics: { pages: [{ number: 7, table: [{ name: 'Percentage Used Endurance Indicator', value, flags: { valid } }] }] },
  });
  assert.equal(healthOf(page(104, true)).wearPercent, 104);
  assert.equal(healthOf(page(0, false)).wearPercent, 12);
});

test('what smartctl decoded of a packed raw value counts, not the bytes', () => {
  const sectors = (raw: number, string?: string) => healthOf(attributes([197, 'Current_Pending_Sector', 100, raw, string])).pendingSectors;
  assert.deepEqual(
    [
      sectors(131072, '0'),
      sectors(8, '8 (0 2)'),
      sectors(8, '8'),
      sectors(8),
      sectors(0xffff, '65535'),
      sectors(2 ** 40),
      sectors(7, '0x0007'),
    ],
    [0, 8, 8, 8, undefined, undefined, undefined],
  );
});

test('values that cannot be are none: temperature, hours, cycles', () => {
  for (const current of [0, 127, 255, -60, 65535])
    assert.equal(healthOf({ temperature: { current } }).temperatureCelsius, undefined, `${current}`);
  assert.equal(healthOf({ temperature: { current: -5 } }).temperatureCelsius, -5);
  assert.equal(healthOf({ power_on_time: { hours: 4294967295 } }).powerOnHours, undefined);
  assert.equal(healthOf({ power_on_time: { hours: 87660 } }).powerOnHours, 87660);
  for (const cycles of [65535, 4294967295]) assert.equal(healthOf({ power_cycle_count: cycles }).powerCycles, undefined);
});

test('smartctl --xall of a SAS drive: temperature and hours stand elsewhere', () => {
  const sas = {
    scsi_environmental_reports: { temperature_1: { current: 41 } },
    scsi_background_scan: { status: { minutes_power_on: 600_059 } },
  };
  assert.deepEqual([healthOf(sas).temperatureCelsius, healthOf(sas).powerOnHours], [41, 10_000]);
  const told = { ...sas, scsi_background_scan: { status: { accumulated_power_on_time: '311:40' } } };
  assert.equal(healthOf(told).powerOnHours, 311);
});

test('a counter beyond 2^53 is decimal text, not dropped', () => {
  const written = (units: string) =>
    healthOf(`{"model_name": "N", "nvme_smart_health_information_log": {"data_units_written": ${units}}}`).writtenBytes;
  assert.deepEqual(
    [written('2000'), written('17592186044416'), written('340282366920938463463374607431768211455')],
    [1_024_000_000, '9007199254740992000', `${340282366920938463463374607431768211455n * 512_000n}`],
  );
});
