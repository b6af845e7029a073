import { join } from 'node:path';
import type { Receipt } from '../domain/api.ts';
import { ReconError } from '../domain/errors.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { messageOf } from '../domain/values/message-of.ts';
import { removePath } from '../platform/files/directories.ts';
import { startRemoteLogin } from '../platform/machine/remote-login.ts';
import { raiseLinks } from '../platform/network/raise-links.ts';
import type { LiveSteps } from './capture/capture.ts';
import type { PeerDeps } from './deps.ts';
import { fetchPost } from './fetch-post.ts';
import { type Inventory, takeInventory } from './inventory.ts';
import { hasBmc } from './ipmi.ts';
import { POST_COLLECTORS, plannedCollectors } from './operator-collectors.ts';
import { operatorToolsEnvironment, POST_TOOLS } from './operator-tools.ts';
import { powerOffOrStayOn } from './power.ts';
import { type ProgressReporter, progressReporter } from './progress.ts';
import { beginLife, keepReceipt, type PowerState, readPower, readReceipt } from './run-files.ts';
import { runPost } from './run-post.ts';
import { say } from './say.ts';
import { collected, collecting, peerFailed, receiptGot } from './sentences.ts';
import { upload } from './upload.ts';
import { readWorkloadSettings, WORKLOAD_SETTINGS_FILE } from './workload-settings.ts';

/** How a peer's life ended. `failed` was said on the screen; the machine stays on. */
export type PeerOutcome = { kind: PowerState; receipt: Receipt } | { kind: 'failed'; receipt: Receipt | undefined; error: ReconError };

/**
 * `recon peer`: a peer's whole life. The master's workload does the work; the image's own collectors step in when there is none
 * or it ends without a receipt. Resolves when nothing more will happen: keep the machine on then.
 */
export async function runPeer(deps: PeerDeps): Promise<PeerOutcome> {
  await beginLife(deps.runDirectory);
  const post = await fetchPost(deps);
  if (post !== undefined) await runPost(post, deps);
  const receipt = await readReceipt(deps.runDirectory);
  return receipt === undefined ? runPeerWork(deps) : saidWhenFailing(deps, () => switchOff(receipt, deps));
}

/** `recon peer-work`: the same without the master's workload, which is usually this very function. */
export async function runPeerWork(deps: PeerDeps): Promise<PeerOutcome> {
  return saidWhenFailing(deps, async () => {
    const progress = progressReporter(deps);
    const inventory = await collect(deps, progress);
    const receipt = await deliver(inventory, deps, progress);
    return switchOff(receipt, deps);
  });
}

async function collect(deps: PeerDeps, progress: ProgressReporter): Promise<Inventory> {
  say(deps.log, collecting());
  progress.report('agent');
  progress.report('collect');
  const directory = join(deps.runDirectory, 'capture');
  await removePath(directory);
  const post = join(deps.runDirectory, 'post');
  const { captureMs, authorizedKey } = await readWorkloadSettings(join(post, WORKLOAD_SETTINGS_FILE));
  if (authorizedKey !== undefined && deps.root === '/') await startRemoteLogin(authorizedKey, deps.log);
  const own = await plannedCollectors(join(post, POST_COLLECTORS));
  const onCommand = ({ id, status }: { id: string; status: string }): void => progress.report('collect', `${id}: ${status}`);
  const inventory = await takeInventory(directory, {
    run: deps.run,
    log: deps.log,
    root: deps.root,
    environment: await operatorToolsEnvironment(join(post, POST_TOOLS)),
    extend: (planned) => [...planned, ...own],
    ...definedOnly({ deadlineMs: captureMs }),
    ...(await liveSteps(deps)),
    onCommand,
  });
  const count = (...statuses: string[]): number => inventory.commands.filter(({ status }) => statuses.includes(status)).length;
  say(deps.log, collected(count('ok'), count('absent'), count('failed', 'timeout')));
  return inventory;
}

/** Nothing of this on another root than the machine's own: there it would be the machine of somebody else. */
async function liveSteps({ root, runDirectory, nowMs, sleep, log }: PeerDeps): Promise<{ live?: LiveSteps }> {
  if (root !== '/') return {};
  await raiseLinks(log);
  return { live: { efiMountPoint: join(runDirectory, 'efivars'), ports: { sinceMs: nowMs(), nowMs, sleep } } };
}

async function deliver(inventory: Inventory, deps: PeerDeps, progress: ProgressReporter): Promise<Receipt> {
  progress.report('upload');
  let told = '';
  // once per reason: the master takes a machine that says nothing new for stuck, and shows why
  const tell = (why: string): void => {
    if (why !== told) progress.report('upload', why);
    told = why;
  };
  const receipt = await upload(inventory, deps, tell).catch(async (error: unknown) => {
    tell(messageOf(error));
    await progress.settled();
    throw error;
  });
  await keepReceipt(deps.runDirectory, receipt);
  await progress.settled();
  say(deps.log, receiptGot(receipt));
  return receipt;
}

/** Only once per life: whoever noted the decision carries it out. */
async function switchOff(receipt: Receipt, deps: PeerDeps): Promise<PeerOutcome> {
  const decided = await readPower(deps.runDirectory);
  return { kind: decided ?? (await powerOffOrStayOn({ hasBmc: await hasBmc(deps), receipt }, deps)), receipt };
}

async function saidWhenFailing(deps: PeerDeps, life: () => Promise<PeerOutcome>): Promise<PeerOutcome> {
  try {
    return await life();
  } catch (error) {
    say(deps.log, peerFailed(error));
    const known = error instanceof ReconError ? error : new ReconError('command-failed', String(error), { cause: error });
    return { kind: 'failed', receipt: await readReceipt(deps.runDirectory), error: known };
  }
}
