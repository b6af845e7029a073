import { z } from 'zod';
import { BenchMachine, machineWords } from './machine.ts';
import { BenchResult } from './result.ts';
import type { BenchRow } from './row.ts';
import { markdownTable } from './table.ts';

/** What docs/performance.json holds: the last result of each line, with the machine and the moment of its run. */
export const WrittenTable = z.strictObject({
  runs: z.array(BenchMachine),
  /** `run`: its place in `runs` */
  results: z.array(BenchResult.omit({ samples: true }).extend({ run: z.number() })),
});
export type WrittenTable = z.infer<typeof WrittenTable>;

const [BEGIN, END] = ['<!-- made by `make bench DOCS=1` -->', '<!-- end of what is made -->'];

/**
 * The written table after one more run: the lines that were run now in the place of what was there, and all in the order of the list. A line that is not in the
 * list any more goes, and one that could not be run leaves the figure of an earlier day.
 */
export function withRun(
  before: WrittenTable,
  rows: readonly BenchRow[],
  run: { machine: BenchMachine; results: readonly BenchResult[] },
): WrittenTable {
  const all = [...before.runs, run.machine];
  const results = rows.flatMap(({ lines }) =>
    lines.flatMap(({ id }) => {
      const now = run.results.find((one) => one.id === id);
      const old = before.results.find((one) => one.id === id);
      if (now === undefined || (now.status !== 'measured' && old?.status === 'measured')) return old === undefined ? [] : [old];
      const { samples: _samples, ...rest } = now;
      return [{ ...rest, run: all.length - 1 }];
    }),
  );
  // runs of which nothing stands any more
  const used = [...new Set(results.map((one) => one.run))].sort((a, b) => a - b);
  return { runs: used.flatMap((at) => all[at] ?? []), results: results.map((one) => ({ ...one, run: used.indexOf(one.run) })) };
}

/** The text of docs/performance.md with this table between its marks. */
export function pageWithTable(page: string, table: WrittenTable): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`docs/performance.md lacks ${BEGIN} and ${END}`);
  const days = table.results.map((one) => ({ ...one, day: `${table.runs[one.run]?.at.slice(0, 10) ?? ''} (${one.run + 1})` }));
  const runs = table.runs.map((machine, at) => `${at + 1}. ${machineWords(machine)}`);
  return `${page.slice(0, from)}${BEGIN}\n\n${markdownTable(days)}\nRuns:\n\n${runs.join('\n')}\n\n${page.slice(to)}`;
}
