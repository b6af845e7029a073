import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodesFromCsv } from '../../../src/pool/change/import-csv.ts';
import { listOfNodes } from '../../../src/pool-page/import/visit-list.ts';

test('machines of a visit become a list that is read as the same nodes, whatever a switch calls itself', () => {
  const nodes = [
    {
      name: 'a',
      macs: ['52:54:00:66:00:01', '52:54:00:66:00:02'],
      serial: '0012e3',
      switch: 'sw "r1"; left',
      port: '1/12',
      memoryGiB: 511.5,
    },
    { name: 'b', macs: ['52:54:00:66:00:03'], uuid: '3c3f2d0e-0000-4000-8000-000000000001' },
  ];
  assert.deepEqual(nodesFromCsv(listOfNodes(nodes)), { outcome: 'ok', nodes });
});
