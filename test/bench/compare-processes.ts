import { spawnSync } from 'node:child_process';
import { medianOf } from './frame/result.ts';

const ROUNDS = 9;
const TIMEOUT_MS = 120_000;

/**
 * Starts the processes in turn, several rounds, and prints the median and the best wall time of each and the ratio to the first; the rounds come back in
 * the order of the candidates, in ms. In turn, because a busy machine then hurts all alike.
 * @throws Error when one ends with another code than zero
 */
export function printProcesses<const Candidates extends ReadonlyArray<readonly [name: string, argv: readonly [string, ...string[]]]>>(
  title: string,
  candidates: Candidates,
): { -readonly [at in keyof Candidates]: readonly number[] } {
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
  const first = medianOf(taken[0] ?? []);
  for (const [index, [name]] of candidates.entries()) {
    const times = taken[index] ?? [];
    const ratio = (medianOf(times) / first).toFixed(2);
    process.stdout.write(`  ${name.padEnd(34)} median ${seconds(medianOf(times))}  best ${seconds(Math.min(...times))}  ratio ${ratio}\n`);
  }
  return taken as { -readonly [at in keyof Candidates]: readonly number[] };
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(3)} s`;
}
