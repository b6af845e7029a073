/** Below this a column tells nothing any more, unless all that is in it is shorter. */
const NARROWEST = 8;
const GAP = 2;

/** Widths of columns that fit side by side, the widest cut first; undefined when there are too many columns. */
export function fittingWidths(columns: readonly string[], wanted: readonly number[], widthColumns: number): number[] | undefined {
  const widths = [...wanted];
  let over = widths.reduce((sum, width) => sum + width, GAP * (columns.length - 1)) - widthColumns;
  while (over > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    const width = widths[widest] ?? 0;
    if (width <= NARROWEST) return undefined;
    widths[widest] = width - 1;
    over -= 1;
  }
  return widths;
}

/** A text that takes at most so many columns; what is cut off is told by `…`. */
export function cutToWidth(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1)).toWellFormed()}…`;
}
