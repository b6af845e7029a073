import { cpus, loadavg, release, totalmem } from 'node:os';
import { z } from 'zod';
import { run } from '../../../src/platform/process/command.ts';

/** Where and when a table was made. */
export const BenchMachine = z.strictObject({
  at: z.string(),
  commit: z.string(),
  machine: z.string(),
  /** of the last minute, before and after */
  loadBefore: z.number(),
  loadAfter: z.number(),
});
export type BenchMachine = z.infer<typeof BenchMachine>;

/** This machine, now; the load afterwards is that of before until it is known. */
export async function thisMachine(directory: string): Promise<BenchMachine> {
  const git = async (...args: string[]): Promise<string> =>
    (await run(['git', '-C', directory, ...args], { timeoutMs: 30_000 })).stdout.toString('utf8').trim();
  const changes = await git('status', '--porcelain');
  const [commit, load] = [await git('rev-parse', '--short=8', 'HEAD'), loadNow()];
  const processors = cpus();
  const name = (processors[0]?.model ?? 'unknown processor').replace(/\s+/g, ' ').trim();
  const memory = `${Math.round(totalmem() / 1e9)} GB`;
  return {
    at: new Date().toISOString(),
    commit: `${commit || 'unknown'}${changes === '' ? '' : ' with changes'}`,
    machine: `${processors.length} x ${name}, ${memory}, Linux ${release()}, Node ${process.version}`,
    ...{ loadBefore: load, loadAfter: load },
  };
}

/** Of the last minute, with one digit. */
export function loadNow(): number {
  return Math.round((loadavg()[0] ?? Number.NaN) * 10) / 10;
}

/** The head line of a table; says when others used the machine. */
export function machineWords({ at, commit, machine, loadBefore, loadAfter }: BenchMachine): string {
  const day = `${at.slice(0, 16).replace('T', ' ')} UTC`;
  return `${day}, commit ${commit}, ${machine}, load ${loadBefore} before and ${loadAfter} after`;
}
