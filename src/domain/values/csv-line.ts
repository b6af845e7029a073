import { STEERING } from './terminal-text.ts';

/** What a cell can be; undefined is an empty cell. */
export type Cell = string | number | boolean | readonly string[] | undefined;

/** A line of CSV (RFC 4180), for programs: each text as it is, but for {@link STEERING}, because such a file is looked at with `cat` as well. */
export function csvLine(cells: readonly Cell[]): string {
  return lineOf(cells, (text) => text);
}

/**
 * A line of CSV for people with a spreadsheet. A text that it would take for a formula gets an apostrophe in front, and so does one that
 * has an apostrophe there itself: to take away one apostrophe from each text that begins with one gives all of them back. What steers a terminal
 * becomes question marks here too.
 */
export function spreadsheetLine(cells: readonly Cell[]): string {
  return lineOf(cells, (text) => (STARTS_FORMULA.test(text) ? `'${text}` : text));
}

/** What stands in a cell: lists with a space between, and question marks for what steers a terminal. */
export function plainCell(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  return (typeof cell === 'string' ? cell : cell.join(' ')).replaceAll(STEERING, '?');
}

/** Spreadsheets in Chinese, Japanese and Korean take the wide signs for the narrow ones. */
const STARTS_FORMULA = /^['=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

function lineOf(cells: readonly Cell[], safe: (text: string) => string): string {
  return `${cells.map((cell) => field(cell, safe)).join(',')}\r\n`;
}

function field(cell: Cell, safe: (text: string) => string): string {
  const isText = typeof cell === 'string' || typeof cell === 'object';
  const text = isText ? safe(plainCell(cell)) : plainCell(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
