const ROUNDS = 7;

interface Comparison {
  /** of how many things the work is, each of which is told */
  parts?: number;
  /** fewer where one takes a minute */
  rounds?: number;
}

/**
 * Runs the candidates in turn, several rounds, and prints the median CPU and wall time of each and the ratio to the first.
 * In turn, because a busy machine then hurts all alike. It judges nothing: a number on one machine is no promise on another.
 */
export async function printComparison(
  title: string,
  candidates: ReadonlyArray<readonly [name: string, work: () => Promise<void>]>,
  { parts = 1, rounds = ROUNDS }: Comparison = {},
): Promise<void> {
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
  const medians = taken.map(({ cpuMs, wallMs }) => ({ cpuMs: median(cpuMs), wallMs: median(wallMs) }));
  const first = medians[0]?.cpuMs ?? Number.NaN;
  process.stdout.write(`${title} (median of ${rounds})\n`);
  for (const [index, { cpuMs, wallMs }] of medians.entries()) {
    const name = candidates[index]?.[0] ?? '';
    process.stdout.write(
      `  ${name.padEnd(34)} CPU ${milliseconds(cpuMs)}  wall ${milliseconds(wallMs)}  CPU ratio ${(cpuMs / first).toFixed(2)}\n`,
    );
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function milliseconds(value: number): string {
  return `${value.toFixed(1).padStart(8)} ms`;
}
