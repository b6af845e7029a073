/** One row of a spreadsheet, and the line at which it begins, counted from 1. */
export interface CsvRow {
  line: number;
  fields: string[];
}

/** The rows of comma-separated text (RFC 4180), with the separator that its lines have, or that `sep=` says; quotes may hold separators, ends of lines and doubled quotes. Pure. */
export function csvRows(text: string): CsvRow[] {
  const whole = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  const said = SEPARATOR_LINE.exec(whole);
  // the line stays, so that lines are counted as they stand in the file
  const plain = said === null ? whole : whole.slice(said[0].length);
  const separator = said?.[1] ?? separatorOf(plain);
  const rows: CsvRow[] = [];
  let line = 1;
  let row: CsvRow = { line, fields: [] };
  let field = '';
  let isQuoted = false;
  const endField = (): void => {
    row.fields.push(field.trim());
    field = '';
  };
  for (let at = 0; at < plain.length; at += 1) {
    const letter = plain[at] ?? '';
    if (letter === '\n') line += 1;
    if (isQuoted) {
      if (letter !== '"') field += letter;
      else if (plain[at + 1] === '"') {
        field += '"';
        at += 1;
      } else isQuoted = false;
    } else if (letter === '"' && field.trim() === '') {
      field = '';
      isQuoted = true;
    } else if (letter === separator) endField();
    else if (letter === '\n') {
      endField();
      rows.push(row);
      row = { line, fields: [] };
    } else field += letter;
  }
  endField();
  return [...rows, row];
}

/** `sep=;` in the first line tells spreadsheets the separator, in quotes or not; the same separators may fill up the line. */
const SEPARATOR_LINE = /^\s*"?sep=(\\?.)"?[;,\t|]*(?=\n|$)/i;
const SEPARATORS = [';', '\t', ',', '|'];
const LINES_LOOKED_AT = 20;
/** A number that a spreadsheet with a decimal comma has rounded: `1,23E+11`. */
const ROUNDED = /(?<![\d,;])\d,\d+e[+-]\d+/gi;
/** No such letter is in a text. */
const NOWHERE = '\0';

/** What stands in the most lines equally often, outside of quotes; a title above the heading has none of it. */
function separatorOf(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const bare = lines.slice(0, LINES_LOOKED_AT).map((line) => line.replaceAll(/"[^"]*"/g, '').replaceAll(ROUNDED, ''));
  const score = (separator: string): number => {
    const counts = Map.groupBy(
      bare.map((line) => line.split(separator).length - 1).filter((count) => count > 0),
      (count) => count,
    );
    return Math.max(0, ...[...counts].map(([count, alike]) => alike.length * 1000 + Math.min(count, 999)));
  };
  const [best = ','] = SEPARATORS.toSorted((a, b) => score(b) - score(a));
  // of one column alone nothing is to be taken apart
  return score(best) === 0 ? NOWHERE : best;
}
