import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { removePath } from '../../platform/files/directories.ts';
import { CheckedStick, type CheckTask } from './guest/task.ts';
import { type GuestBench, runGuest } from './guest-machine.ts';
import type { LoggedRun } from './logged-run.ts';
import type { YankResult } from './loss-table.ts';
import { inOrderOfLog, openPowerLosses, type PowerLosses } from './power-loss.ts';
import { signDisk } from './pristine-stick.ts';
import type { Promised } from './promises.ts';
import { findMissingAtHome } from './read-at-home.ts';
import type { Yank } from './yanks.ts';

export interface CheckInput {
  name: string;
  seed: string;
  run: LoggedRun;
  yanks: readonly Yank[];
  /** of the whole visit: the receipts in their order, and every tarball */
  all: Promised;
  promised: (yank: Yank) => Promised;
}

/** Disks of one machine. */
const TOGETHER = 16;
const TIMEOUT_MS = 60 * 60_000;

/** Makes a stick of each yank, has the product start on it, and gives what is missing then. */
export async function checkYanks(bench: GuestBench, input: CheckInput, say: (line: string) => void): Promise<YankResult[]> {
  const { name, run, seed } = input;
  const yanks = inOrderOfLog(input.yanks, run.requests, seed);
  await using losses = await openPowerLosses({ ...run, seed }, join(bench.workDir, `${name}-growing.img`));
  const results: YankResult[] = [];
  for (let from = 0; from < yanks.length; from += TOGETHER) {
    const batch = yanks.slice(from, from + TOGETHER);
    results.push(...(await checkBatch(bench, { ...input, name: `${name}-${from / TOGETHER + 1}` }, losses, batch)));
    const lossy = results.filter(({ stick }) => stick.lost.length > 0).length;
    say(`${results.length} of ${yanks.length} sticks are checked, ${lossy} with a loss`);
  }
  return results;
}

async function checkBatch(bench: GuestBench, input: CheckInput, losses: PowerLosses, batch: readonly Yank[]): Promise<YankResult[]> {
  const { name, seed, all, promised } = input;
  const task: CheckTask = { kind: 'check', seed, sticks: [], receipts: [...all.receipts], tarballs: [...all.tarballs] };
  const paths: string[] = [];
  const atHome = new Map<Yank, string[]>();
  for (const yank of batch) {
    const path = join(bench.workDir, `${name}-yank-${yank.number}.img`);
    await losses.makeImage(yank, path);
    await signDisk(path, yank.number);
    paths.push(path);
    const { receipts, tarballs } = promised(yank);
    atHome.set(yank, await findMissingAtHome(path, receipts));
    task.sticks.push({ yank: yank.number, receipts: receipts.length, tarballs: [...tarballs] });
  }
  const disks = { kind: 'plain', paths } as const;
  const lines = await runGuest(bench, { name, task, disks, timeoutMs: TIMEOUT_MS, directory: join(bench.workDir, name) });
  for (const path of paths) await removePath(path);
  const sticks = lines.map((line) => CheckedStick.parse(JSON.parse(line)));
  return batch.map((yank) => {
    const stick = sticks.find((one) => one.yank === yank.number);
    if (stick === undefined) throw new ReconError('lab-failed', `${name} says nothing of yank ${yank.number}`);
    return { yank, stick: { ...stick, trouble: [...stick.trouble, ...(atHome.get(yank) ?? [])] } };
  });
}
