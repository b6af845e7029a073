import { csvField } from '../nodes-csv.ts';

/** What a cell can be; undefined is an empty cell. */
export type Cell = string | number | boolean | readonly string[] | undefined;

/** A line of CSV (RFC 4180). Text that a spreadsheet would take for a formula gets an apostrophe in front. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => csvField(typeof cell === 'boolean' ? String(cell) : cell)).join(',')}\r\n`;
}
