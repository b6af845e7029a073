import type { Receipt } from '../domain/api.ts';
import { ReconError } from '../domain/errors.ts';
import type { PeerDeps } from './deps.ts';
import { environmentOf } from './environment.ts';
import { chassisPowerOff } from './ipmi.ts';
import { progressReporter } from './progress.ts';
import { keepPower, type PowerState, readReceipt } from './run-files.ts';
import { say } from './say.ts';
import { bmcLies, cuttingPower, noBmc, poweringOff } from './sentences.ts';
import { CUT_AFTER_SECONDS, shutDown } from './shut-down.ts';

const SYNC_MS = 60_000;
/** A BMC may be busy for a moment; one that said yes has the power cut within seconds, and with it us. */
const CUT_TRIES = 5;
const CUT_PAUSE_MS = 5000;
const CUT_WAIT_MS = 15_000;

/**
 * The end of a peer's life. With a BMC: sync, then `systemctl poweroff`, and a unit that outlives the shutdown has the BMC cut
 * the power after 20 s. Without one the machine could not be switched on from afar again, so it stays on and says so.
 * @throws ReconError `power-off-refused` without a receipt; `command-failed` when no rung of the ladder worked
 */
export async function powerOffOrStayOn(facts: { hasBmc: boolean; receipt: Receipt | undefined }, deps: PeerDeps): Promise<PowerState> {
  const { receipt } = facts;
  if (receipt === undefined) throw refusal();
  if (!facts.hasBmc) {
    await keepPower(deps.runDirectory, 'stays-on');
    say(deps.log, noBmc(receipt));
    return 'stays-on';
  }
  say(deps.log, poweringOff(receipt));
  const progress = progressReporter(deps);
  progress.report('power-off', `systemctl poweroff; after ${CUT_AFTER_SECONDS} s ipmitool chassis power off`);
  await progress.settled();
  await deps.run(['sync'], { timeoutMs: SYNC_MS });
  await keepPower(deps.runDirectory, 'powering-off');
  if (deps.warden !== undefined) await deps.warden.shutDown();
  else if (!(await shutDown({ ...deps, environment: environmentOf(deps) })).isCutScheduled) await cutPower(CUT_AFTER_SECONDS, deps);
  return 'powering-off';
}

/**
 * `recon power cut --after SECONDS`: the second rung. When the first one works, the machine is off before this wakes. A BMC that says yes and does
 * nothing is asked again, and at last it is said here and told to the master: we return only on a machine that is still on.
 * @throws ReconError `power-off-refused` without a receipt, `command-failed` when the BMC does not do it
 */
export async function cutPower(afterSeconds: number, deps: PeerDeps): Promise<never> {
  if ((await readReceipt(deps.runDirectory)) === undefined) throw refusal();
  await deps.sleep(afterSeconds * 1000);
  say(deps.log, cuttingPower(afterSeconds));
  const progress = progressReporter(deps);
  progress.report('power-off', 'ipmitool chassis power off');
  await progress.settled();
  let promises = 0;
  for (let attempt = 1; attempt <= CUT_TRIES; attempt += 1) {
    const isPromised = await chassisPowerOff(deps);
    if (isPromised) promises += 1;
    await deps.sleep(isPromised ? CUT_WAIT_MS : CUT_PAUSE_MS);
  }
  if (promises > 0) say(deps.log, bmcLies(promises));
  progress.report('power-off', `still on: its BMC said ${promises} times of ${CUT_TRIES} that it cuts the power. Switch it off by hand`);
  await progress.settled();
  throw new ReconError('command-failed', 'neither systemctl poweroff nor the BMC switched this machine off', {
    hint: 'Its record is safe. Switch it off by hand.',
  });
}

function refusal(): ReconError {
  return new ReconError('power-off-refused', 'this machine has no receipt for its record, so it is not switched off');
}
