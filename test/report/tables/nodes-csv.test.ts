import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { machineRow } from '../../../src/report/machine-row.ts';
import { nodesCsv } from '../../../src/report/tables/nodes-csv.ts';
import { recordFor } from '../../master/fixture-records.ts';

const rows = ['S1', '=cmd|"/c calc"!A1'].map((serial, index) => ({
  ...machineRow(`52:54:00:00:00:0${index}`, 1, recordFor(serial)),
  findingCount: index === 0 ? 3 : 0,
  identityScore: 100,
  ...(index === 0 ? { worstFinding: 'critical' as const, otherMacs: ['52:54:00:00:00:07'] } : {}),
}));

it('nodes.csv is a table that a spreadsheet reads and does not run', () => {
  const early = [{ mac: '52:54:00:00:00:09', vendor: '=ACME', origin: 'boot-loader', verdict: 'Too little RAM. Add memory.' }];
  assert.equal(nodesCsv(rows, early), readFileSync(new URL('golden/nodes.csv', import.meta.url), 'utf8'));
  assert.match(nodesCsv(rows), /,"'=cmd\|""\/c calc""!A1",/);
});
