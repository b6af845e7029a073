import type { BenchResult, Figure } from './result.ts';

const HEADS = ['what', 'ours', 'theirs', 'ratio', 'goal', 'met'] as const;

/** The table for a terminal, below its head line. What was not run and what failed stands in it with its reason. */
export function textTable(head: string, results: readonly BenchResult[]): string {
  const cells = results.map(cellsOf);
  const widths = HEADS.map((title, at) =>
    Math.max(title.length, ...cells.filter((row) => at === 0 || row.length > 2).map((row) => row[at]?.length ?? 0)),
  );
  const lines = [HEADS, ...cells].map((row) =>
    row.map((text, at) => (at === row.length - 1 ? text : text.padEnd(widths[at] ?? 0))).join('  '),
  );
  return [head, '', ...lines, ''].join('\n');
}

/** The same as a table of Markdown, with the day of each line. */
export function markdownTable(results: readonly (BenchResult & { day: string })[]): string {
  const rows = results.map((result) => {
    const [what = '', ours = '', ...others] = cellsOf(result);
    const rest = others.length === 0 ? ['', '', result.goal, ''] : others;
    return `| ${[`\`${result.row}\``, what, ours, ...rest, result.day].map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return [`| row | ${HEADS.join(' | ')} | day |`, `|${' --- |'.repeat(HEADS.length + 2)}`, ...rows, ''].join('\n');
}

/** One line of it, for a bench that is run by itself. */
export function resultWords(result: BenchResult): string {
  return cellsOf(result)
    .filter((text) => text !== '')
    .join('  ');
}

function cellsOf(result: BenchResult): string[] {
  const { what, theirsName, unit, goal, status, reason = '', ours, theirs, ratio, met } = result;
  if (status !== 'measured') return [what, `${status === 'failed' ? 'FAILED' : 'not run'}: ${reason}`];
  const beside = theirs === undefined ? '' : `${figure(theirs.median)} ${unit} (${theirsName ?? 'theirs'})`;
  return [
    what,
    ours === undefined ? '' : `${figure(ours.median)} ${unit}${ratio === undefined ? spread(ours) : ''}`,
    beside,
    ratio === undefined ? '' : `${figure(ratio.median)} x${spread(ratio)}`,
    goal,
    met === undefined ? '' : met ? 'met' : 'not met',
  ];
}

/** Lowest to highest, where there was more than one round. */
function spread({ least, most }: Figure): string {
  return least === most ? '' : ` (${figure(least)} to ${figure(most)})`;
}

/** Three digits say all that a measurement knows. */
function figure(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return Number(value.toPrecision(3)).toString();
}
