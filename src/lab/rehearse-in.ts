import { ReconError } from '../domain/errors.ts';
import { openWorkDirectory, type WorkDirectory } from '../platform/files/work-directory.ts';
import type { Log } from '../platform/log.ts';
import { type Steps, startSteps } from '../platform/steps.ts';

export interface RehearsalPlace {
  /** empty or new; removed after success unless `keep` */
  workDir: string;
  keep: boolean;
  log: Log;
}

interface RehearsalWords {
  stepCount: number;
  /** what lies in the directory afterwards */
  kept: string;
  /** `the rehearsal` when missing */
  name?: string;
}

/**
 * Plays a rehearsal in a directory of its own, which stays when something was found or failed. `play` gives what it has found.
 * @throws ReconError `lab-failed` with every finding, and what `play` throws
 */
export async function rehearseIn(
  { workDir, keep, log }: RehearsalPlace,
  { stepCount, kept, name = 'the rehearsal' }: RehearsalWords,
  play: (work: WorkDirectory, step: Steps['step']) => Promise<readonly string[]>,
): Promise<void> {
  const work = await openWorkDirectory(workDir);
  const { step, elapsed } = startSteps({ log, total: stepCount });
  try {
    const findings = await play(work, step);
    if (findings.length > 0) throw new ReconError('lab-failed', `the rehearsal found:\n${findings.map((one) => `  - ${one}`).join('\n')}`);
  } catch (error) {
    log.warn(`${kept} are kept in ${work.path}`);
    throw error;
  }
  log.info(`${name} passed in ${elapsed()}`);
  if (!keep) await work.remove();
}
