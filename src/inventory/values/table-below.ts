/**
 * Rows of a table whose columns stand below their headings, apart by blanks, as heading → value. A cell may hold blanks: a column ends where no line of the table
 * has a letter, and what has no heading of its own belongs to the column before it.
 */
export function tableBelow(heading: string, lines: readonly string[]): Record<string, string>[] {
  const columns = columnsOf(heading, lines);
  return lines.map((line) =>
    Object.fromEntries(columns.map(({ start, end }) => [heading.slice(start, end).trim(), line.slice(start, end).trim()])),
  );
}

function columnsOf(heading: string, lines: readonly string[]): { start: number; end: number }[] {
  const all = [heading, ...lines];
  const width = Math.max(...all.map((line) => line.length));
  const isUsed = Array.from({ length: width }, (_, at) => all.some((line) => /\S/.test(line[at] ?? ' ')));
  const columns: { start: number; end: number }[] = [];
  for (const [at, used] of isUsed.entries()) {
    if (!used || isUsed[at - 1] === true) continue;
    const gap = isUsed.indexOf(false, at);
    const end = gap < 0 ? width : gap;
    const last = columns.at(-1);
    if (last !== undefined && heading.slice(at, end).trim() === '') last.end = end;
    else columns.push({ start: at, end });
  }
  return columns;
}
