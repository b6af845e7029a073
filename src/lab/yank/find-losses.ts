import { join } from 'node:path';
import { makeDirectory } from '../../platform/files/directories.ts';
import type { GuestBench } from './guest-machine.ts';
import { lossFindings, lossTable, type YankResult } from './loss-table.ts';
import { bundleGuest, type YankPlan, yankSticks } from './run-yank.ts';

/** What the virtual machines start from, and where. */
export interface YankBench extends Pick<GuestBench, 'accelerator' | 'workDir' | 'socketDir'> {
  image: Pick<GuestBench, 'kernelPath' | 'initrdPath' | 'rootImagePath'>;
}

/** For a rehearsal of everything. */
export const SHORT_PLAN: YankPlan = { yanks: 15, machines: 36, seed: 'recon' };
const CONTROL_PLAN: YankPlan = { yanks: 3, machines: 12, seed: 'control', isUnsynced: true };

/** Pulls the stick out of a master as often as planned, says what came of it in a table, and gives each loss. */
export async function findLosses(bench: YankBench, plan: YankPlan, say: (line: string) => void): Promise<string[]> {
  const results = await pull(bench, plan, 'visit', say);
  for (const line of lossTable(results)) say(line);
  return lossFindings(results);
}

/** Proves that the check can fail: a master that brings nothing to the medium before it gives a receipt. Nothing caught is a finding. */
export async function findControlTrouble(bench: YankBench, say: (line: string) => void): Promise<string[]> {
  const caught = lossFindings((await pull(bench, CONTROL_PLAN, 'control', say)).filter(({ stick }) => stick.lost.length > 0));
  for (const one of caught.slice(0, 3)) say(`caught: ${one}`);
  return caught.length > 0 ? [] : ['a master that does not sync lost nothing: the check of yanks proves nothing'];
}

async function pull(bench: YankBench, plan: YankPlan, name: string, say: (line: string) => void): Promise<YankResult[]> {
  const workDir = join(bench.workDir, name);
  await makeDirectory(workDir);
  const programPath = join(workDir, 'guest.mjs');
  await bundleGuest(programPath);
  const { accelerator, socketDir, image } = bench;
  return await yankSticks({ ...image, accelerator, socketDir, workDir, programPath }, plan, say);
}
