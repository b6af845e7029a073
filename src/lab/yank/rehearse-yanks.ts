import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { temporaryDirectory } from '../../platform/files/files.ts';
import { openWorkDirectory } from '../../platform/files/work-directory.ts';
import type { Log } from '../../platform/log.ts';
import { startSteps } from '../../platform/steps.ts';
import type { VmAccelerator } from '../machine/accelerator.ts';
import { checkHost } from '../machine/check-host.ts';
import { chooseAccelerator } from '../machine/choose-accelerator.ts';
import { findControlTrouble, findLosses, type YankBench } from './find-losses.ts';
import type { YankPlan } from './run-yank.ts';

export interface YankOptions {
  image: YankBench['image'];
  /** empty or new; removed after success unless `keep` */
  workDir: string;
  keep: boolean;
  /** default: KVM when it works here */
  accel?: VmAccelerator;
  plan: YankPlan;
  log: Log;
}

export const LONG_PLAN: YankPlan = { yanks: 180, machines: 100, sealsAfter: 8, starts: { sticks: 4, yanks: 10 }, seed: 'recon' };
const STEP_COUNT = 4;

/**
 * Pulls a stick out of a master again and again, and looks after each next start for every record that was acknowledged before.
 * @throws ReconError `lab-failed` with each loss, `infrastructure` when a QEMU was ended by somebody else, `host-unfit`, `not-root`,
 * `disk-full`, `not-writable`
 */
export async function rehearseYanks({ image, accel, plan, log, ...options }: YankOptions): Promise<void> {
  const work = await openWorkDirectory(options.workDir);
  const { step, elapsed } = startSteps({ log, total: STEP_COUNT });
  try {
    await using sockets = await temporaryDirectory('recon-yank-');
    const ovmf = await step('check this host', () => checkHost([], work.path));
    const accelerator = await step('choose an accelerator', async () => accel ?? chooseAccelerator(work.path, sockets.path, ovmf));
    const bench: YankBench = { image, accelerator, workDir: join(work.path, 'yank'), socketDir: sockets.path };
    const findings = [
      ...(await step(`pull the stick out ${plan.yanks} times`, (say) => findLosses(bench, plan, say))),
      ...(await step('control: a master that does not sync must be caught', (say) => findControlTrouble(bench, say))),
    ];
    if (findings.length > 0) throw new ReconError('lab-failed', `it was found:\n${findings.map((one) => `  - ${one}`).join('\n')}`);
  } catch (error) {
    log.warn(`the log of all writes and the consoles are kept in ${work.path}`);
    throw error;
  }
  log.info(`nothing that was acknowledged was lost, in ${elapsed()}`);
  if (!options.keep) await work.remove();
}
