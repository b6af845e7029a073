import { join } from 'node:path';
import { bundleProgram } from '../../bundle/bundle.ts';
import { checkYanks } from './check-yanks.ts';
import type { CheckTask, VisitTask } from './guest/task.ts';
import type { GuestBench } from './guest-machine.ts';
import { type LoggedRun, runLogged } from './logged-run.ts';
import type { YankResult } from './loss-table.ts';
import { openPowerLosses } from './power-loss.ts';
import { makePristineStick, signDisk } from './pristine-stick.ts';
import { type Promised, promisedAt } from './promises.ts';
import { chooseYanks, type Yank } from './yanks.ts';

export interface YankPlan {
  yanks: number;
  machines: number;
  /** tarballs that are made at the end, one after the other */
  sealsAfter: number;
  /** so many of the yanked sticks are pulled again during the next start, at so many moments each */
  starts: { sticks: number; yanks: number };
  seed: string;
  /** the control: a master that brings nothing to the medium before it promises */
  isUnsynced?: boolean;
}

/** What came of the yanks during a visit, and of those during the start after one. */
export interface YankResults {
  visit: YankResult[];
  starts: YankResult[];
}

/**
 * A visit on a stick whose every write is logged, and for each yank a stick as the power loss left it, on which the product starts again.
 * @throws ReconError `lab-failed` when a machine does not come to its end
 */
export async function yankSticks(bench: GuestBench, plan: YankPlan, say: (line: string) => void): Promise<YankResults> {
  const { seed, machines, sealsAfter, isUnsynced = false } = plan;
  const pristinePath = join(bench.workDir, 'pristine.img');
  await makePristineStick(pristinePath, seed, bench.workDir);
  const task: VisitTask = { kind: 'visit', seed, machines, together: 4, sealEvery: 12, sealsAfter, isUnsynced };
  const run = await runLogged(bench, { name: 'visit', task, pristinePath });
  const all = everything(run);
  say(
    `the visit gave ${all.receipts.length} receipts and ${all.tarballs.length} tarballs, in ${run.requests.length} requests to the stick`,
  );
  const yanks = chooseYanks(run.requests, plan.yanks, seed);
  const promised = (yank: Yank): Promised => promisedAt(run.marks, yank.at);
  const visit = await checkYanks(bench, { name: 'check', seed, run, yanks, all, promised }, say);
  return { visit, starts: await yankStarts(bench, plan, { run, yanks, all, promised }, say) };
}

function everything({ marks }: LoggedRun): Promised {
  const tarballs = marks.flatMap(({ mark }) => (mark.kind === 'sealed' ? [mark.sha256] : []));
  return { receipts: promisedAt(marks, Number.POSITIVE_INFINITY).receipts, tarballs };
}

interface Visited {
  run: LoggedRun;
  yanks: readonly Yank[];
  all: Promised;
  promised: (yank: Yank) => Promised;
}

/** The same once more, for the start after a yank: what it mends, it must mend so that a second yank takes nothing. */
async function yankStarts(bench: GuestBench, plan: YankPlan, visited: Visited, say: (line: string) => void): Promise<YankResult[]> {
  const { seed, starts } = plan;
  const { run, yanks, all, promised } = visited;
  const candidates = yanks.filter(({ model }) => model === 'half of the unflushed');
  const chosen = candidates
    .filter((_, index) => index % Math.max(1, Math.floor(candidates.length / starts.sticks)) === 0)
    .slice(0, starts.sticks);
  const results: YankResult[] = [];
  for (const first of chosen) {
    const pristinePath = join(bench.workDir, `start-${first.number}-pristine.img`);
    {
      await using losses = await openPowerLosses({ ...run, seed }, join(bench.workDir, 'growing.img'));
      await losses.makeImage(first, pristinePath);
    }
    await signDisk(pristinePath, first.number);
    const { receipts, tarballs } = promised(first);
    const sticks = [{ yank: first.number, receipts: receipts.length, tarballs: [...tarballs] }];
    const task: CheckTask = { kind: 'check', seed, sticks, receipts: [...all.receipts], tarballs: [...all.tarballs] };
    const start = await runLogged(bench, { name: `start-${first.number}`, task, pristinePath });
    const again = chooseYanks(start.requests, starts.yanks, `${seed} ${first.number}`);
    const input = { name: `start-${first.number}-check`, seed, run: start, yanks: again, all, promised: () => promised(first) };
    results.push(...(await checkYanks(bench, input, say)));
  }
  return results;
}

/** Bundles the guest's program from the sources that this runs from: they are tried, and not the program in the image. */
export async function bundleGuest(programPath: string): Promise<void> {
  await bundleProgram(join(import.meta.dirname, '../../..'), programPath, 'src/lab/yank/guest/guest.ts');
}
