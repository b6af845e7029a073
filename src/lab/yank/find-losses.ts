import { join } from 'node:path';
import { makeDirectory } from '../../platform/files/directories.ts';
import type { GuestBench } from './guest-machine.ts';
import { lossFindings, lossTable } from './loss-table.ts';
import { bundleGuest, type YankPlan, type YankResults, yankSticks } from './run-yank.ts';

/** What the virtual machines start from, and where. */
export interface YankBench extends Pick<GuestBench, 'accelerator' | 'workDir' | 'socketDir'> {
  image: Pick<GuestBench, 'kernelPath' | 'initrdPath' | 'rootImagePath'>;
}

/** For a rehearsal of everything. */
export const SHORT_PLAN: YankPlan = { yanks: 15, machines: 30, sealsAfter: 3, starts: { sticks: 0, yanks: 0 }, seed: 'recon' };
const CONTROL_PLAN: YankPlan = {
  yanks: 3,
  machines: 12,
  sealsAfter: 1,
  starts: { sticks: 0, yanks: 0 },
  seed: 'control',
  isUnsynced: true,
};

/** Pulls the stick out of a master as often as planned, says what came of it in a table, and gives each loss. */
export async function findLosses(bench: YankBench, plan: YankPlan, say: (line: string) => void): Promise<string[]> {
  const { visit, starts } = await pull(bench, plan, 'visit', say);
  for (const line of lossTable(visit)) say(line);
  if (starts.length > 0) for (const line of ['pulled again during the next start:', ...lossTable(starts)]) say(line);
  return [...lossFindings(visit), ...lossFindings(starts).map((one) => `in the next start, ${one}`)];
}

/** Proves that the check can fail: a master that brings nothing to the medium before it gives a receipt. Nothing caught is a finding. */
export async function findControlTrouble(bench: YankBench, say: (line: string) => void): Promise<string[]> {
  const { visit } = await pull(bench, CONTROL_PLAN, 'control', say);
  const caught = lossFindings(visit.filter(({ stick }) => stick.lost.length > 0));
  for (const one of caught.slice(0, 3)) say(`caught: ${one}`);
  return caught.length > 0 ? [] : ['a master that does not sync lost nothing: the check of yanks proves nothing'];
}

async function pull(bench: YankBench, plan: YankPlan, name: string, say: (line: string) => void): Promise<YankResults> {
  const workDir = join(bench.workDir, name);
  await makeDirectory(workDir);
  const programPath = join(workDir, 'guest.mjs');
  await bundleGuest(programPath);
  const { accelerator, socketDir, image } = bench;
  return await yankSticks({ ...image, accelerator, socketDir, workDir, programPath }, plan, say);
}
