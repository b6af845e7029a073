import { findingRow, machineRows, missingRow, type TableName, type TableRow, visitName, visitRow } from '../report/tables/tables.ts';
import { isMachine, type Visit } from '../tarball/visit.ts';

/** So many machines' rows are in memory at once; a record is about 100 KB. */
const BATCH_MACHINES = 50;
const BATCH_FINDINGS = 1000;

/** All rows of a visit in batches, the visit's own first. `name` is for a visit that is not to be called by site and time. */
export async function* tableRows(visit: Visit, name = visitName(visit)): AsyncGenerator<readonly [TableName, readonly TableRow[]]> {
  yield ['visits', [visitRow(name, visit)]];
  let batch = new Map<TableName, TableRow[]>();
  let machines = 0;
  for await (const node of visit.nodes()) {
    if (!isMachine(node)) continue;
    for (const [table, rows] of Object.entries(machineRows(name, node)) as [TableName, TableRow[]][])
      batch.set(table, [...(batch.get(table) ?? []), ...rows]);
    machines += 1;
    if (machines % BATCH_MACHINES !== 0) continue;
    yield* batch;
    batch = new Map();
  }
  yield* batch;
  yield* findingRows(visit, name);
  const missing: TableRow[] = [];
  for await (const verdict of visit.verdicts()) missing.push(missingRow(name, verdict));
  yield ['missing', missing];
}

async function* findingRows(visit: Visit, name: string): AsyncGenerator<readonly [TableName, readonly TableRow[]]> {
  let rows: TableRow[] = [];
  let position = 0;
  for await (const finding of visit.findings()) {
    rows.push(findingRow(name, finding, position));
    position += 1;
    if (rows.length < BATCH_FINDINGS) continue;
    yield ['findings', rows];
    rows = [];
  }
  yield ['findings', rows];
}
