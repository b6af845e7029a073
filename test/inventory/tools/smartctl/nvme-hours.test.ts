import assert from 'node:assert/strict';
import { test } from 'node:test';
import { healthOf } from '../../../../src/inventory/tools/smartctl/health.ts';

test('hours of an NVMe drive from its own log where smartctl has no common place for them', () => {
  assert.equal(healthOf({ nvme_smart_health_information_log: { power_on_hours: 1234 } }).powerOnHours, 1234);
  assert.equal(healthOf({ nvme_smart_health_information_log: { power_on_hours: 4_294_967_295 } }).powerOnHours, undefined);
});

test('the words of makers for the life that is left', () => {
  const worn = (name: string, value: number, raw: number) =>
    healthOf({ rotation_rate: 0, ata_smart_attributes: { table: [{ id: 209, name, value, raw: { value: raw, string: String(raw) } }] } })
      .wearPercent;
  assert.equal(worn('Remaining_Lifetime_Percent', 100, 44), 56);
  assert.equal(worn('Remaining_Lifetime_Perc', 100, 55), 45);
});
