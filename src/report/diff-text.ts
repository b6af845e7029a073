import type { DiffWords } from './diff-words.ts';

/** A comparison for the terminal. What machines say about themselves cannot steer it. */
export function diffText({ head, warnings, sections }: DiffWords): string {
  const blocks = [
    [...head, ...warnings.map((warning) => `Warning: ${warning}`)],
    ...sections
      .filter(({ entries }) => entries.length > 0)
      .map(({ heading, entries }) => [
        heading,
        ...entries.flatMap(({ title, lines }) => [`  ${title}`, ...lines.map((line) => `    ${line}`)]),
      ]),
  ];
  const isSame = sections.every(({ entries }) => entries.length === 0);
  return `${[...blocks, ...(isSame ? [['No differences.']] : [])].map((lines) => lines.map(printable).join('\n')).join('\n\n')}\n`;
}

function printable(line: string): string {
  return line.replaceAll(/[\0-\x1f\x7f-\x9f]/g, '?');
}
