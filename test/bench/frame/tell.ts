import { appendFileSync } from 'node:fs';
import { z } from 'zod';
import { measured, type Samples } from './result.ts';
import type { BenchLine } from './row.ts';
import { BENCH_ROWS } from './rows.ts';
import { resultWords } from './table.ts';

/** What a bench says to `make bench`, a line of JSON each. */
export const Told = z.union([
  z.strictObject({ id: z.string(), ours: z.array(z.number()), theirs: z.array(z.number()).optional() }),
  z.strictObject({ notRun: z.string(), ids: z.array(z.string()).optional() }),
]);
export type Told = z.infer<typeof Told>;

/** The file that they go to. Without it, as when a bench is started by itself, they are printed. */
export const RESULTS_VARIABLE = 'RECON_BENCH_RESULTS';

/**
 * Tells what came of one line of the table.
 * @throws Error for a line that is not in the list (rows.ts), and for samples that are no numbers
 */
export function tell(id: string, { ours, theirs }: Samples): void {
  const [row, line] = lineOf(id);
  if (![...ours, ...(theirs ?? [])].every(Number.isFinite) || ours.length === 0) throw new Error(`${id}: nothing was measured`);
  say({ id, ours: [...ours], ...(theirs && { theirs: [...theirs] }) }, () =>
    resultWords(measured(row, line, { ours, ...(theirs && { theirs }) })),
  );
}

/** Tells why lines cannot be measured here; without ids, all that have not been told. */
export function tellNotRun(reason: string, ids?: readonly string[]): void {
  for (const id of ids ?? []) lineOf(id);
  say({ notRun: reason, ...(ids && { ids: [...ids] }) }, () => `not run: ${reason}`);
}

/** For who waits, on stderr. */
export function sayProgress(text: string): void {
  process.stderr.write(`  ${text}\n`);
}

function lineOf(id: string): [row: string, line: BenchLine] {
  for (const { name, lines } of BENCH_ROWS) {
    const line = lines.find((one) => one.id === id);
    if (line !== undefined) return [name, line];
  }
  throw new Error(`${id} is no line of test/bench/frame/rows`);
}

function say(told: Told, words: () => string): void {
  const path = process.env[RESULTS_VARIABLE];
  if (path === undefined) process.stdout.write(`${words()}\n`);
  else appendFileSync(path, `${JSON.stringify(told)}\n`);
}
