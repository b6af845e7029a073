import { commonEnd, commonStart } from '../../../domain/values/common-ends.ts';

/** Beyond that a difference line by line takes too long, and the whole is said to be other. */
const MOST_CELLS = 4_000_000;

/** The lines of two texts, each with `+`, `-` or a blank in front. Pure. */
export function lineDiff({ before = '', after = '' }: { before?: string | undefined; after?: string | undefined }): string[] {
  const [a, b] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const middle = differing(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const same = (line: string): string => ` ${line}`;
  return [...a.slice(0, start).map(same), ...middle, ...a.slice(a.length - end).map(same)];
}

/** Only the lines that differ, each with `+` or `-` in front; what is alike around them is not cut into lines. Pure. */
export function changedLines({ before = '', after = '' }: { before?: string | undefined; after?: string | undefined }): string[] {
  const same = commonStart(before, after);
  const start = same === 0 ? 0 : before.lastIndexOf('\n', same - 1) + 1;
  const [a, b] = [before.slice(start), after.slice(start)];
  const alike = commonEnd(a, b, Math.min(a.length, b.length));
  const line = a.indexOf('\n', a.length - alike);
  const end = line === -1 ? 0 : a.length - line - 1;
  return lineDiff({ before: a.slice(0, a.length - end), after: b.slice(0, b.length - end) }).filter((one) => !one.startsWith(' '));
}

/** Longest common subsequence, by the table of it. */
function differing(a: readonly string[], b: readonly string[]): string[] {
  if (a.length * b.length > MOST_CELLS) return [...a.map((line) => `-${line}`), ...b.map((line) => `+${line}`)];
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = a.length - 1; row >= 0; row -= 1)
    for (let column = b.length - 1; column >= 0; column -= 1)
      lengths[row * width + column] =
        a[row] === b[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
  const lines: string[] = [];
  let [row, column] = [0, 0];
  while (row < a.length || column < b.length) {
    if (row < a.length && column < b.length && a[row] === b[column]) {
      lines.push(` ${a[row]}`);
      row += 1;
      column += 1;
    } else if (row < a.length && (column === b.length || at(row + 1, column) >= at(row, column + 1))) {
      lines.push(`-${a[row]}`);
      row += 1;
    } else {
      lines.push(`+${b[column]}`);
      column += 1;
    }
  }
  return lines;
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
