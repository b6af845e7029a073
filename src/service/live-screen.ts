import type { Colour, ScreenRow } from '../master/show/console-screen.ts';

/** Escape sequences that a Linux text console and a VT100 over a serial line both know (ECMA-48, DECSTBM and DECSC of the VT100). */
const ESC = '\u001b';
const SGR: Readonly<Record<Colour, string>> = { plain: '0', title: '0;7', green: '0;32', yellow: '0;33', red: '0;1;31', dim: '0;36' };
const LAST_ROW = 24;

/** Text that turns a terminal into a fixed table above a region that scrolls, and keeps what was on it in its scrollback. */
export function openingText(rows: number): string {
  return `${'\n'.repeat(LAST_ROW)}${ESC}[${rows + 1};${LAST_ROW}r${ESC}[${rows + 1};1H`;
}

/**
 * Text that brings the table from `shown` to `rows`: only rows that differ are drawn, then the cursor goes back to where events are
 * written. Empty when nothing differs. Each row ends with a newline, so that a recording of the line reads as lines.
 */
export function redrawText(rows: readonly ScreenRow[], shown: readonly ScreenRow[]): string {
  const changed = rows.flatMap((row, at) => (rowText(row) === rowText(shown[at] ?? []) && shown[at] !== undefined ? [] : [{ row, at }]));
  if (changed.length === 0) return '';
  const drawn = changed.map(({ row, at }) => `${ESC}[${at + 1};1H${ESC}[2K${rowText(row)}${ESC}[0m\n`);
  return `${ESC}7${drawn.join('')}${ESC}8`;
}

/** Text that gives the terminal back: the whole screen scrolls again. */
export function closingText(): string {
  return `${ESC}7${ESC}[r${ESC}8`;
}

/** BEL. */
export const BELL = '\u0007';

function rowText(row: ScreenRow): string {
  return row.map(({ text, colour }) => (text === '' ? '' : `${ESC}[${SGR[colour]}m${text}`)).join('');
}
