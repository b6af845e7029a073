/** Rows as columns of equal width, two blanks between them; nothing at the end of a line. Pure. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((found, row) => row.map((cell, column) => Math.max(cell.length, found[column] ?? 0)), []);
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** A moment to the minute, UTC. */
export function minuteText(moment: string | undefined): string {
  return moment === undefined ? '' : `${moment.slice(0, 16).replace('T', ' ')}Z`;
}
