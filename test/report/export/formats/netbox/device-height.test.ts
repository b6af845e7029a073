import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceHeight } from '../../../../../src/report/export/formats/netbox/device-height.ts';
import { recordFor } from '../../../../master/fixture-records.ts';
import { exported } from '../../odd-visit.ts';
import { readCsv } from '../../read-csv.ts';

for (const [what, system, height] of [
  ['a server of two rack units', { chassis: { type: 'Rack Mount Chassis', heightRackUnits: 2 } }, 2],
  ['a firmware that tells no form', { chassis: { heightRackUnits: 4 } }, 4],
  ['a firmware that tells no height', { chassis: { type: 'Rack Mount Chassis' } }, 1],
  ['nothing', undefined, 1],
  ['a node that tells the height of its chassis', { chassis: { type: 'Multi-system', heightRackUnits: 10 } }, 1],
  ['a blade', { chassis: { type: 'Blade', heightRackUnits: 10 } }, 1],
  ['a blade by its enclosure', { chassis: { type: 'Other', heightRackUnits: 10 }, enclosure: { bay: '7' } }, 1],
] as const) {
  test(`height of the device type of ${what}`, () => assert.equal(deviceHeight(system), height));
}

test('the device type is as high as its machines say', async () => {
  const record = recordFor('S1');
  const system = { vendor: 'Example', product: 'R2', chassis: { type: 'Rack Mount Chassis', heightRackUnits: 2 } };
  const node = {
    mac: '52:54:00:00:00:01',
    revision: 1,
    record: { ...record, sections: { ...record.sections, system: { status: 'ok' as const, data: system } } },
  };
  const { files } = await exported('netbox', { nodes: [node] });
  const types = readCsv(files.get('03-device-types.csv') ?? '');
  assert.deepEqual(
    types.map(({ model, u_height: height }) => [model, height]),
    [
      ['R2', '2'],
      ['Switch seen by LLDP', '1'],
    ],
  );
});
