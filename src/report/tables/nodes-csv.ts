import { spreadsheetLine } from '../../domain/values/csv-line.ts';
import { type EarlyRow, type MachineRow, ROW_COLUMNS } from '../machine-row.ts';

const COLUMNS = [
  'mac',
  ...ROW_COLUMNS,
  'revision',
  'otherMacs',
  'findingCount',
  'worstFinding',
  'identityScore',
  'origin',
  'verdict',
] as const satisfies readonly (keyof MachineRow | keyof EarlyRow)[];

/**
 * The table for people with a spreadsheet, which runs nothing of it (csv-line.ts): a header, and an empty field for what was not reported.
 * Machines without a record stand at the end; `origin` tells where their little comes from, and is empty for all others.
 */
export function nodesCsv(rows: readonly MachineRow[], early: readonly EarlyRow[] = []): string {
  const all: (Partial<MachineRow> & EarlyRow)[] = [...rows, ...early];
  return [COLUMNS, ...all.map((row) => COLUMNS.map((column) => row[column]))].map(spreadsheetLine).join('');
}
