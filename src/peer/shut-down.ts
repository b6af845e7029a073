import type { Argv } from '../platform/process/command.ts';
import { CUT_PROPERTIES } from '../platform/process/unit-for-a-moment.ts';
import type { RunCommand } from './capture/runner.ts';

/** An orderly shutdown that takes longer than this is taken for stuck. */
export const CUT_AFTER_SECONDS = 20;
const SYSTEMD_MS = 30_000;

/**
 * Has systemd shut the machine down, and a unit that outlives that have the BMC cut the power after 20 s. `environment`: of `recon power cut`.
 * Gives if that unit was started.
 */
export async function shutDown(deps: {
  run: RunCommand;
  recon: Argv;
  environment: Readonly<Record<string, string>>;
}): Promise<{ isCutScheduled: boolean }> {
  const scheduled = await deps.run(cutLater(deps), { timeoutMs: SYSTEMD_MS });
  await deps.run(['systemctl', 'poweroff'], { timeoutMs: SYSTEMD_MS });
  return { isCutScheduled: scheduled.status === 'ok' };
}

function cutLater({ recon, environment }: { recon: Argv; environment: Readonly<Record<string, string>> }): Argv {
  return [
    'systemd-run',
    '--collect',
    '--unit=recon-cut-power',
    ...CUT_PROPERTIES.map((property) => `--property=${property}`),
    ...Object.entries(environment).map(([name, value]) => `--setenv=${name}=${value}`),
    ...recon,
    'power',
    'cut',
    '--after',
    String(CUT_AFTER_SECONDS),
  ];
}
