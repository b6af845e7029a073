import { join } from 'node:path';
import type { Receipt } from '../domain/api.ts';
import { ReconError } from '../domain/errors.ts';
import { definedOnly } from '../domain/values/defined-only.ts';
import { messageOf } from '../domain/values/message-of.ts';
import { removePath } from '../platform/files/directories.ts';
import { rootedFiles } from '../platform/files/rooted-files.ts';
import { startRemoteLogin } from '../platform/machine/remote-login.ts';
import { raiseLinks } from '../platform/network/raise-links.ts';
import { type CaptureDependencies, capture } from './capture/capture.ts';
import type { PortsClock } from './capture/links-settled.ts';
import { portsUpSince } from './capture/ports-up-since.ts';
import type { PeerDeps } from './deps.ts';
import { fetchPost } from './fetch-post.ts';
import { type Inventory, inventoryOf } from './inventory.ts';
import { hasBmc } from './ipmi.ts';
import { POST_COLLECTORS, plannedCollectors } from './operator-collectors.ts';
import { operatorToolsEnvironment, POST_TOOLS } from './operator-tools.ts';
import type { HeardCommand } from './peer-warden.ts';
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
  const left = post === undefined ? deps.runDirectory : await runPost(post, deps, async () => (await runPeerWork(deps)).kind !== 'failed');
  const receipt = await readReceipt(left);
  return receipt === undefined ? runPeerWork(deps) : saidWhenFailing(deps, () => switchOff(receipt, left, deps));
}

/** `recon peer-work`: the same without the master's workload, which is usually this very function. */
export async function runPeerWork(deps: PeerDeps): Promise<PeerOutcome> {
  return saidWhenFailing(deps, async () => {
    const progress = progressReporter(deps);
    const inventory = await collect(deps, progress);
    const receipt = await deliver(inventory, deps, progress);
    return switchOff(receipt, deps.runDirectory, deps);
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
  if (authorizedKey !== undefined && deps.root === '/') await openLogin(authorizedKey, deps);
  const onCommand = ({ id, status }: HeardCommand): void => progress.report('collect', status === undefined ? id : `${id}: ${status}`);
  const ports = await portsSwitchedOn(deps);
  const index =
    deps.warden !== undefined
      ? await deps.warden.capture(directory, { ports, onCommand, ...definedOnly({ captureMs }) })
      : await capture(directory, { ...(await ownCapture(post, ports, deps)), onCommand, ...definedOnly({ deadlineMs: captureMs }) });
  const inventory = await inventoryOf(directory, index);
  const count = (...statuses: string[]): number => inventory.commands.filter(({ status }) => statuses.includes(status)).length;
  say(deps.log, collected(count('ok'), count('absent'), count('failed', 'timeout')));
  return inventory;
}

async function openLogin(authorizedKey: string, { warden, log }: PeerDeps): Promise<void> {
  if (warden === undefined) await startRemoteLogin(authorizedKey, log);
  else for (const line of await warden.openLogin()) log.info(line);
}

/** Not on another root than the machine's own: there it would be the machine of somebody else. */
async function portsSwitchedOn({ root, nowMs, sleep, log }: PeerDeps): Promise<PortsClock> {
  if (root !== '/') return { sinceMs: nowMs(), nowMs, sleep };
  const { wereUp, raised } = await raiseLinks(log);
  const sinceMs = raised.length > 0 ? nowMs() : await portsUpSince(rootedFiles(root), wereUp, nowMs());
  return { sinceMs, nowMs, sleep };
}

/** A capture by who is root, in one program. */
async function ownCapture(post: string, ports: PortsClock, { run, log, root, runDirectory }: PeerDeps): Promise<CaptureDependencies> {
  const own = await plannedCollectors(join(post, POST_COLLECTORS));
  return {
    ...{ run, log, root },
    environment: await operatorToolsEnvironment(join(post, POST_TOOLS)),
    extend: (planned) => [...planned, ...own],
    ...(root !== '/' ? {} : { live: { efiMountPoint: join(runDirectory, 'efivars'), ports } }),
  };
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

/** Only once per life: whoever noted the decision, in `left`, carries it out. */
async function switchOff(receipt: Receipt, left: string, deps: PeerDeps): Promise<PeerOutcome> {
  const decided = await readPower(left);
  if (decided !== undefined) return { kind: decided, receipt };
  const isControlled = deps.warden === undefined ? await hasBmc(deps) : await deps.warden.hasBmc();
  return { kind: await powerOffOrStayOn({ hasBmc: isControlled, receipt }, deps), receipt };
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
