import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NodeSummary } from '../../src/domain/api.ts';
import { compareArrivals, type ExpectedMachine } from '../../src/domain/expected-machines.ts';
import { knownBy } from '../../src/judge/identity/known-by.ts';
import { recordFor } from '../master/fixture-records.ts';

const record = {
  sections: {
    ...recordFor('SER-ONE').sections,
    system: {
      status: 'ok' as const,
      data: { serial: 'SER-ONE', uuid: '4c4c4544-0042-3510-8052-b4c04f4e5031', chassis: { serial: 'CH-1', assetTag: 'Rack7-U12' } },
    },
    board: { status: 'ok' as const, data: { serial: 'BRD-1', assetTag: 'IT-0815' } },
    nics: {
      status: 'ok' as const,
      data: [
        { name: 'eno1', mac: '3c:ec:ef:00:a0:01' },
        { name: 'bond0', mac: '3c:ec:ef:00:a0:01', permanentMac: '3c:ec:ef:00:a0:02' },
      ],
    },
    bmc: { status: 'ok' as const, data: { mac: '3c:ec:ef:00:a0:ff' } },
  },
};
const arrived: NodeSummary = {
  mac: '3c:ec:ef:00:a0:01',
  stage: 'receipt',
  stages: {},
  hasReceipt: true,
  isMaster: false,
  ...knownBy(record),
};
/** The same machine's other port, which its firmware tried first. */
const otherPort: NodeSummary = { mac: '3c:ec:ef:00:a0:02', stage: 'offer', stages: {}, hasReceipt: false, isMaster: false };

const rows: [what: string, row: ExpectedMachine][] = [
  ['the port that it booted from', { mac: '3c:ec:ef:00:a0:01' }],
  ['another port, as its maker calls it', { mac: '3c:ec:ef:00:a0:02' }],
  ['its BMC', { mac: '3c:ec:ef:00:a0:ff' }],
  ['its serial number', { serial: 'ser-one ' }],
  ['its chassis', { serial: 'CH-1' }],
  ['its board', { serial: 'brd-1' }],
  ['its UUID', { uuid: '4C4C4544-0042-3510-8052-B4C04F4E5031' }],
  ['a label', { assetTag: 'rack7-u12' }],
  ['a label in the column of serial numbers', { serial: 'IT-0815' }],
];
for (const [what, row] of rows) {
  test(`a machine of the list has arrived that is named by ${what}`, () => {
    const { arrived: found, missing, missingCount } = compareArrivals({ machines: [row] }, [arrived, otherPort]);
    assert.deepEqual([found, missing, missingCount], [[{ ...row, seenAs: arrived.mac }], [], 0]);
  });
}

test('what no record knows is missing, and what only asked is under way', () => {
  const asked: NodeSummary = { ...otherPort, mac: '52:54:00:00:00:09', numbers: ['SER-NINE'] };
  const { missing, underWay } = compareArrivals({ machines: [{ serial: 'SER-TWO' }, { serial: 'ser-nine' }] }, [arrived, asked]);
  assert.deepEqual([missing, underWay], [[{ serial: 'SER-TWO' }], [{ serial: 'ser-nine', seenAs: asked.mac }]]);
});
