import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { machineRow } from '../../../src/report/machine-row.ts';
import { nodesCsv } from '../../../src/report/tables/nodes-csv.ts';
import { recordFor } from '../../master/fixture-records.ts';
import { readCsv } from '../export/read-csv.ts';

const rows = ['S1', '=cmd|"/c calc"!A1'].map((serial, index) => ({
  ...machineRow(`52:54:00:00:00:0${index}`, 1, recordFor(serial)),
  findingCount: index === 0 ? 3 : 0,
  identityScore: 100,
  ...(index === 0 ? { worstFinding: 'critical' as const, otherMacs: ['52:54:00:00:00:07'] } : {}),
}));

test('nodes.csv is a table that a spreadsheet reads and does not run', () => {
  const early = [{ mac: '52:54:00:00:00:09', vendor: '=ACME', origin: 'boot-loader', verdict: 'Too little RAM. Add memory.' }];
  assert.equal(nodesCsv(rows, early), readFileSync(new URL('golden/nodes.csv', import.meta.url), 'utf8'));
  assert.match(nodesCsv(rows), /,"'=cmd\|""\/c calc""!A1",/);
});

test('what machines say of themselves comes back without the apostrophe, and numbers stay numbers', () => {
  const vendors = ['@SUM(1)', "'quoted'", '\uff1d1+1', '-7', 'A,"B"'];
  const machines = vendors.map((vendor, index) => ({ mac: `52:54:00:00:00:0${index}`, revision: 1, vendor, memoryTotalBytes: -5 }));
  const read = readCsv(nodesCsv(machines));
  assert.deepEqual(
    read.map(({ vendor }) => vendor),
    ["'@SUM(1)", "''quoted'", "'\uff1d1+1", "'-7", 'A,"B"'],
  );
  for (const { memoryTotalBytes } of read) assert.equal(memoryTotalBytes, '-5');
});
