/** The rows of a CSV text (RFC 4180), the first with the columns' names. Throws on what is no CSV. */
export function readCsv(text: string): Record<string, string>[] {
  const [columns = [], ...rows] = readCells(text);
  return rows.map((cells) => {
    if (cells.length !== columns.length) throw new Error(`${cells.length} cells in ${columns.length} columns: ${cells.join(' | ')}`);
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']));
  });
}

/** The cells of each line. */
export function readCells(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let rest = text;
  while (rest !== '') {
    const found = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest);
    if (found === null) throw new Error(`not CSV: ${JSON.stringify(rest.slice(0, 60))}`);
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === '\r\n') {
      rows.push(row);
      row = [];
    }
    rest = rest.slice(found[0].length);
  }
  if (row.length > 0) throw new Error('the last line does not end');
  return rows;
}
