import type { DiffWords } from './words.ts';

/** Of machines that share a change so many are named. */
const MOST_LINES = 8;

/** A comparison for the terminal. What machines say about themselves cannot steer it. */
export function diffText({ head, warnings, sections }: DiffWords): string {
  const blocks = [
    [...head, ...warnings.map((warning) => `Warning: ${warning}`)],
    ...sections
      .filter(({ entries }) => entries.length > 0)
      .map(({ heading, entries }) => [
        heading,
        ...entries.flatMap(({ title, lines, isLong }) => [
          `  ${title}`,
          ...(isLong ? shortened(lines) : lines).map((line) => `    ${line}`),
        ]),
      ]),
  ];
  const isSame = sections.every(({ entries }) => entries.length === 0);
  return `${[...blocks, ...(isSame ? [['No differences.']] : [])].map((lines) => lines.map(printable).join('\n')).join('\n\n')}\n`;
}

function shortened(lines: readonly string[]): string[] {
  return lines.length <= MOST_LINES
    ? [...lines]
    : [...lines.slice(0, MOST_LINES), `and ${lines.length - MOST_LINES} more; --json and --html have all`];
}

function printable(line: string): string {
  return line.replaceAll(/[\0-\x1f\x7f-\x9f]/g, '?');
}
