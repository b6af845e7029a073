/** One row of a spreadsheet, and the line at which it begins, counted from 1. */
export interface CsvRow {
  line: number;
  fields: string[];
}

/** The rows of comma-separated text (RFC 4180), with the separator that its first line has; quotes may hold separators, ends of lines and doubled quotes. Pure. */
export function csvRows(text: string): CsvRow[] {
  const plain = text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n');
  const separator = separatorOf(plain.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#')) ?? '');
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

/** What stands most often in the heading, outside of quotes. */
function separatorOf(heading: string): string {
  const bare = heading.replaceAll(/"[^"]*"/g, '');
  const [best = ','] = [';', '\t', ','].sort((a, b) => bare.split(b).length - bare.split(a).length);
  return best;
}
