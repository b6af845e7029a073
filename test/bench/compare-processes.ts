import { spawnSync } from 'node:child_process';

const ROUNDS = 9;
const TIMEOUT_MS = 120_000;

/**
 * Starts the processes in turn, several rounds, and prints the median and the best wall time of each and the ratio to the first. In turn, because a busy
 * machine then hurts all alike.
 * @throws Error when one ends with another code than zero
 */
export function printProcesses(
  title: string,
  candidates: ReadonlyArray<readonly [name: string, argv: readonly [string, ...string[]]]>,
): void {
  const taken = candidates.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, [name, [program, ...rest]]] of candidates.entries()) {
      const started = performance.now();
      const { status, stderr } = spawnSync(program, rest, { timeout: TIMEOUT_MS, stdio: ['ignore', 'ignore', 'pipe'] });
      if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
      // the first round warms the file cache
      if (round > 0) taken[index]?.push(performance.now() - started);
    }
  }
  process.stdout.write(`${title} (${ROUNDS} rounds)\n`);
  const first = median(taken[0] ?? []);
  for (const [index, [name]] of candidates.entries()) {
    const times = taken[index] ?? [];
    const ratio = (median(times) / first).toFixed(2);
    process.stdout.write(`  ${name.padEnd(34)} median ${seconds(median(times))}  best ${seconds(Math.min(...times))}  ratio ${ratio}\n`);
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(3)} s`;
}
