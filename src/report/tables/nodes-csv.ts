import type { EarlyRow, MachineRow } from '../machine-row.ts';

const COLUMNS = [
  'mac',
  'vendor',
  'product',
  'serial',
  'uuid',
  'chassisSerial',
  'firmwareVersion',
  'bootMode',
  'cpuModel',
  'cpuSockets',
  'cpuCores',
  'cpuThreads',
  'memoryTotalBytes',
  'memoryInstalledBytes',
  'dimmCount',
  'diskCount',
  'diskBytes',
  'nicMacs',
  'bmcAddress',
  'bmcMac',
  'revision',
  'otherMacs',
  'findingCount',
  'worstFinding',
  'identityScore',
  'origin',
  'verdict',
] as const satisfies readonly (keyof MachineRow | keyof EarlyRow)[];

/**
 * The table as CSV (RFC 4180): a header, lines that end in CR LF, an empty field for what was not reported. Machines without a record
 * stand at the end; `origin` tells where their little comes from, and is empty for all others.
 */
export function nodesCsv(rows: readonly MachineRow[], early: readonly EarlyRow[] = []): string {
  const all: (Partial<MachineRow> & EarlyRow)[] = [...rows, ...early];
  const lines = all.map((row) => COLUMNS.map((column) => csvField(row[column])).join(','));
  return [COLUMNS.join(','), ...lines, ''].join('\r\n');
}

/** One field of a CSV file, quoted where RFC 4180 wants it, and without what a spreadsheet would run. */
export function csvField(value: string | number | readonly string[] | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  return quoted(withoutFormula(typeof value === 'string' ? value : value.join(' ')));
}

/** A spreadsheet runs a field that starts like a formula; what a machine says about itself is not ours to trust. */
function withoutFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
