import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DIMM } from '../../../../src/report/columns/dimms.ts';
import { DISK } from '../../../../src/report/columns/disks.ts';
import { partList, shown } from '../../../../src/report/page/details/part-list.ts';

test('a column of a list has its label, and its value the unit of its name or other words', () => {
  const [head, of] = shown(DIMM.speedMtps);
  assert.deepEqual([head, of({ populated: true, ratedSpeedMtps: 3200 }), of({ populated: true })], ['Speed', '3200 MT/s', undefined]);
  assert.equal(shown(DISK.serial)[1]({ name: 'sda', serial: 'S1' }), 'S1');
  assert.equal(shown(DISK.wearPercent)[1]({ name: 'sda', wearPercent: 0 }), '0 %');
  assert.equal(shown(DISK.smartPassed, (passed) => `${passed}`)[1]({ name: 'sda', smartPassed: false }), 'false');
});

test('columns of which nothing is known are left out, and so is a list without parts', () => {
  const columns = [shown(DISK.name), shown(DISK.serial), shown(DISK.firmware, () => '')];
  const html = partList('Disks', [{ name: 'sda' }, { name: 'sdb', serial: 'S<2' }], columns);
  assert.deepEqual(html.match(/<th>[^<]*/g), ['<th>Name', '<th>Serial']);
  assert.deepEqual(html.match(/<td>[^<]*/g), ['<td>sda', '<td>—', '<td>sdb', '<td>S&#60;2']);
  assert.equal(partList('Disks', [], columns) + partList('Disks', undefined, columns), '');
});
