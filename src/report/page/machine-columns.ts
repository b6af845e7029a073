import { binarySize, decimalSize } from '../../domain/values/shown-size.ts';
import { cell, machineLink } from '../html-text.ts';

export type IndexValue = string | number | null;

/** How a column is shown and sorted; sizes are in bytes, findings as `findingsWeight` makes one number of them. */
export type ColumnKind = 'machine' | 'text' | 'code' | 'number' | 'binary' | 'decimal' | 'findings';

export interface IndexColumn {
  id: string;
  label: string;
  kind: ColumnKind;
  /** shown until somebody chooses otherwise */
  isShown: boolean;
}

/** What the table's script works on: the same rows that are on the page, and the columns that are not shown. */
export interface MachineIndex {
  columns: readonly IndexColumn[];
  /** a value for each column; the first is the machine's address */
  rows: readonly (readonly IndexValue[])[];
  /** for each row what the search finds besides, in lower case */
  hidden: readonly string[];
  /** so many machines are packed together */
  packed?: number;
}

/** The cells of one row, of the columns that are wanted. */
export function rowHtml(row: readonly IndexValue[], columns: readonly IndexColumn[], isWanted: (column: IndexColumn) => boolean): string {
  return `<tr>${columns.map((column, at) => (isWanted(column) ? cellHtml(column.kind, row[at] ?? null) : '')).join('')}</tr>\n`;
}

/** The text that a person sees in a cell; empty when nothing was reported. */
export function cellText(kind: ColumnKind, value: IndexValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (kind === 'binary') return binarySize(value) ?? '';
  if (kind === 'decimal') return decimalSize(value) ?? '';
  return kind === 'findings' ? weightWords(value) : String(value);
}

function cellHtml(kind: ColumnKind, value: IndexValue): string {
  if (kind === 'machine') return `<td class="code">${machineLink(String(value))}</td>`;
  if (kind === 'findings') return `<td>${typeof value === 'number' ? weightBadges(value) : '—'}</td>`;
  const className = kind === 'text' ? undefined : kind === 'code' ? 'code list' : 'number';
  return cell(cellText(kind, value), className);
}

const CRITICAL = 1_000_000;
const WARNING = 1000;

/** Findings as one number that sorts: any critical one outweighs all warnings. */
export function findingsWeight({ critical, warning, note }: { critical: number; warning: number; note: number }): number {
  return critical * CRITICAL + Math.min(warning, 999) * WARNING + Math.min(note, 999);
}

function weightParts(weight: number): (readonly [number, string])[] {
  const parts = [
    [Math.floor(weight / CRITICAL), 'critical'],
    [Math.floor(weight / WARNING) % 1000, 'warning'],
    [weight % 1000, 'note'],
  ] as const;
  return parts.filter(([count]) => count > 0);
}

function weightWords(weight: number): string {
  return weightParts(weight)
    .map(([count, severity]) => badgeWords(count, severity))
    .join(', ');
}

function weightBadges(weight: number): string {
  return (
    weightParts(weight)
      .map(([count, severity]) => `<span class="severity ${severity}">${badgeWords(count, severity)}</span>`)
      .join(' ') || '—'
  );
}

function badgeWords(count: number, severity: string): string {
  return `${count} ${severity}${count === 1 || severity === 'critical' ? '' : 's'}`;
}
