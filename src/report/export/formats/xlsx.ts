import type { WriteSheet } from 'hucre/xlsx';
import { type Cell, plainCell } from '../../../domain/values/csv-line.ts';
import { type ChosenTable, chosenTables } from '../csv-tables.ts';
import type { BinaryFormat, LeaveOut } from '../format.ts';

type SheetCell = string | number | null;
interface SheetRows {
  chosen: ChosenTable;
  rows: SheetCell[][];
}

/** What a sheet has room for, and a cell (Excel specifications and limits): a program refuses the file that has more. */
const MOST_ROWS = 1_048_576;
const MOST_CHARACTERS = 32_767;

/**
 * The tables of `csv`, each a sheet. A text is a text cell, so that no spreadsheet makes a number of a serial number or runs what looks like a formula; there is no
 * apostrophe in front as in csv, because a cell says of itself that it is text.
 */
export const XLSX: BinaryFormat = {
  name: 'xlsx',
  about: 'the tables of csv as the sheets of one file for spreadsheets; serial numbers are text; other columns by --map',
  shape: 'binary',
  takesMap: true,
  async bytes(machines, visit, leaveOut, { columnMap }) {
    const sheets = chosenTables(columnMap).map((chosen): SheetRows => ({ chosen, rows: [[...chosen.headings]] }));
    for await (const machine of machines)
      for (const { chosen, rows } of sheets)
        for (const cell of chosen.table.rows(machine)) {
          if (rows.length < MOST_ROWS) rows.push(chosen.columns.map((column) => sheetCell(cell(column), leaveOut)));
          else leaveOut(`a row of ${chosen.name}: a sheet has no more than ${MOST_ROWS} (all of them are in csv)`);
        }
    // only for this format: the other ones and the help are there sooner
    const { writeXlsx } = await import('hucre/xlsx');
    const sealedAt = new Date(visit.createdAt);
    const properties = { title: plainCell(visit.site), created: sealedAt, modified: sealedAt };
    return writeXlsx({ sheets: sheets.map(sheetOf), properties });
  },
};

function sheetCell(cell: Cell, leaveOut: LeaveOut): SheetCell {
  if (cell === undefined || typeof cell === 'number') return cell ?? null;
  const text = plainCell(cell).toWellFormed();
  if (text.length <= MOST_CHARACTERS) return text === '' ? null : text;
  leaveOut(`the end of a text of more than ${MOST_CHARACTERS} characters`);
  return text.slice(0, MOST_CHARACTERS).toWellFormed();
}

/** The first row stays where it is while the others are turned; each heading is a filter. */
function sheetOf({ chosen: { name, headings }, rows }: SheetRows): WriteSheet {
  return {
    name,
    rows,
    columns: headings.map((_heading, at) => ({ width: widthOf(rows, at), numFmt: formOf(rows, at) })),
    cells: new Map(headings.map((heading, at) => [`0,${at}`, { value: heading, style: { font: { bold: true }, numFmt: AS_TEXT } }])),
    freezePane: { rows: 1 },
    autoFilter: { range: `A1:${columnLetters(headings.length)}${rows.length}` },
  };
}

/** What a spreadsheet calls text: a serial number stays one when somebody has typed into its cell. */
const AS_TEXT = '@';
/** All digits: its own choice is 7.68E+12 for the bytes of a drive. */
const AS_WHOLE_NUMBER = '0';

function formOf(rows: readonly SheetCell[][], at: number): string {
  return rows.some((row) => typeof row[at] === 'number') ? AS_WHOLE_NUMBER : AS_TEXT;
}

/** In characters: the longest cell, and the sign of the filter beside the heading; a list of 40 addresses is not shown as a whole. */
function widthOf(rows: readonly SheetCell[][], at: number): number {
  const lengths = rows.map((row, line) => String(row[at] ?? '').length + (line === 0 ? 4 : 1));
  return lengths.reduce((most, length) => Math.min(48, Math.max(most, length)), 8);
}

/** The letters of the last of so many columns: 26 are A to Z, the 27th is AA. */
function columnLetters(count: number): string {
  const rest = Math.floor((count - 1) / 26);
  return (rest === 0 ? '' : columnLetters(rest)) + String.fromCharCode(65 + ((count - 1) % 26));
}
