import { type RecordData, recordData } from '../../domain/record/record-data.ts';
import type { VisitNode } from '../../tarball/visit.ts';
import { MACHINE } from '../columns/machines.ts';
import { column, type SqlColumn, sqlColumns } from './column.ts';

/** A machine as the columns want it, picked apart once. */
interface MachineSource {
  node: VisitNode;
  data: RecordData;
}

/** Table `machines`: what `nodes.csv` has, and more; `record` is all there is. */
export const MACHINE_COLUMNS: readonly SqlColumn<MachineSource>[] = [
  column('revision', 'bigint', 'number of the record among those that the stick has of it, on all visits', ({ node }) => node.revision),
  ...sqlColumns(MACHINE).map(({ name, type, about, of }) => column<MachineSource>(name, type, about, ({ data }, at) => of(data, at))),
  column('source', 'text', 'of a merged tarball: the one that the record came from', ({ node }) => node.source),
  column('record', 'json', 'the whole record (docs/fields.md)', ({ node }) => node.record),
  column('visit_id', 'text', 'id of the visit that the record is of', ({ node }) => node.visit),
  column('stored_at', 'timestamp', 'when the record was stored (UTC, clock of the master)', ({ node }) => node.storedAt),
];

/** What the columns are taken from. */
export function machineSource(node: VisitNode): MachineSource {
  return { node, data: recordData(node.record) };
}
