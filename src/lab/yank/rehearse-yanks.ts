import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { temporaryDirectory } from '../../platform/files/files.ts';
import { openWorkDirectory } from '../../platform/files/work-directory.ts';
import type { Log } from '../../platform/log.ts';
import { startSteps } from '../../platform/steps.ts';
import type { VmAccelerator } from '../machine/accelerator.ts';
import { checkHost } from '../machine/check-host.ts';
import { chooseAccelerator } from '../machine/choose-accelerator.ts';
import { lossFindings, lossTable } from './loss-table.ts';
import { bundleGuest, type YankPlan, yankSticks } from './run-yank.ts';

export interface YankOptions {
  image: { kernelPath: string; initrdPath: string; rootImagePath: string };
  /** the checkout: what is tried is its sources, not the program in the image */
  repository: string;
  /** empty or new; removed after success unless `keep` */
  workDir: string;
  keep: boolean;
  /** default: KVM when it works here */
  accel?: VmAccelerator;
  plan: YankPlan;
  log: Log;
}

export const LONG_PLAN: YankPlan = { yanks: 180, machines: 120, seed: 'recon' };
const STEP_COUNT = 3;

/**
 * Pulls a stick out of a master again and again, and looks after each next start for every record that was acknowledged before.
 * @throws ReconError `lab-failed` with each loss, `infrastructure` when a QEMU was ended by somebody else, `host-unfit`, `not-root`,
 * `disk-full`, `not-writable`
 */
export async function rehearseYanks(options: YankOptions): Promise<void> {
  const { log, plan } = options;
  const work = await openWorkDirectory(options.workDir);
  const { step, elapsed } = startSteps({ log, total: STEP_COUNT });
  try {
    await using sockets = await temporaryDirectory('recon-yank-');
    const ovmf = await step('check this host', () => checkHost([], work.path));
    const accelerator = await step('choose an accelerator', async () => options.accel ?? chooseAccelerator(work.path, sockets.path, ovmf));
    const programPath = join(work.path, 'guest.mjs');
    await bundleGuest(options.repository, programPath);
    const bench = { ...options.image, programPath, accelerator, workDir: work.path, socketDir: sockets.path };
    const results = await step(`pull the stick ${plan.yanks} times`, (say) => yankSticks(bench, plan, say));
    for (const line of lossTable(results)) log.info(line);
    const findings = lossFindings(results);
    if (findings.length > 0) throw new ReconError('lab-failed', `what was lost:\n${findings.map((one) => `  - ${one}`).join('\n')}`);
  } catch (error) {
    log.warn(`the log of all writes and the consoles are kept in ${work.path}`);
    throw error;
  }
  log.info(`nothing was lost, after ${elapsed()}`);
  if (!options.keep) await work.remove();
}
