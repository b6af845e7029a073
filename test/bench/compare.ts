import { medianOf } from './frame/result.ts';

const ROUNDS = 7;

interface Comparison {
  /** of how many things the work is, each of which is told */
  parts?: number;
  /** fewer where one takes a minute */
  rounds?: number;
}

/** What each round took, in ms. */
export interface RoundTimes {
  cpuMs: readonly number[];
  wallMs: readonly number[];
}

/**
 * Runs the candidates in turn, several rounds, and prints the median CPU and wall time of each and the ratio to the first; the rounds come back in the order
 * of the candidates. In turn, because a busy machine then hurts all alike. It judges nothing: a number on one machine is no promise on another. `parts`: of how
 * many things the work is, each of which is told.
 */
export async function printComparison<const Candidates extends ReadonlyArray<readonly [name: string, work: () => Promise<void>]>>(
  title: string,
  candidates: Candidates,
  { parts = 1, rounds = ROUNDS }: Comparison = {},
): Promise<{ -readonly [at in keyof Candidates]: RoundTimes }> {
  const taken = candidates.map(() => ({ cpuMs: [] as number[], wallMs: [] as number[] }));
  for (const [, work] of candidates) await work();
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, [, work]] of candidates.entries()) {
      const cpu = process.cpuUsage();
      const started = performance.now();
      await work();
      const { user, system } = process.cpuUsage(cpu);
      taken[index]?.wallMs.push((performance.now() - started) / parts);
      taken[index]?.cpuMs.push((user + system) / 1000 / parts);
    }
  }
  const medians = taken.map(({ cpuMs, wallMs }) => ({ cpuMs: medianOf(cpuMs), wallMs: medianOf(wallMs) }));
  const first = medians[0]?.cpuMs ?? Number.NaN;
  process.stdout.write(`${title} (median of ${rounds})\n`);
  for (const [index, { cpuMs, wallMs }] of medians.entries()) {
    const name = candidates[index]?.[0] ?? '';
    process.stdout.write(
      `  ${name.padEnd(34)} CPU ${milliseconds(cpuMs)}  wall ${milliseconds(wallMs)}  CPU ratio ${(cpuMs / first).toFixed(2)}\n`,
    );
  }
  return taken as { -readonly [at in keyof Candidates]: RoundTimes };
}

function milliseconds(value: number): string {
  return `${value.toFixed(1).padStart(8)} ms`;
}
