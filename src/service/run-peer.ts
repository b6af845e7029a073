import { TOKEN_FILE } from '../domain/api.ts';
import { ReconError } from '../domain/errors.ts';
import type { Role } from '../domain/role.ts';
import { findBootMac } from '../peer/boot-mac.ts';
import { peerDeps } from '../peer/deps.ts';
import { RUN_DIRECTORY, settingsFromEnvironment } from '../peer/environment.ts';
import { runPeer, runPeerWork } from '../peer/peer.ts';
import { cutPower } from '../peer/power.ts';
import type { Log } from '../platform/log.ts';
import { run } from '../platform/process/command.ts';

/**
 * The peer's life; resolves when it is lived and the machine stays on.
 * @throws ReconError `not-found` when no network card leads to the master
 */
export async function startPeer(role: Extract<Role, { role: 'peer' }>, log: Log): Promise<void> {
  const bootMac = role.bootMac ?? (await findBootMac(role.masterUrl, { run, root: '/' }));
  if (bootMac === undefined) {
    throw new ReconError('not-found', `no network card of this machine leads to ${role.masterUrl}`, { hint: 'is the cable still in?' });
  }
  await runPeer(
    peerDeps({ masterUrl: role.masterUrl, bootMac, nodePath: process.execPath, tokenFile: TOKEN_FILE, runDirectory: RUN_DIRECTORY }, log),
  );
}

/** The workload's part, with what the image's program has put into the environment. @throws ReconError what stopped it */
export async function runWork(environment: Readonly<Record<string, string | undefined>>, log: Log): Promise<void> {
  const outcome = await runPeerWork(peerDeps(settingsFromEnvironment({ ...environment }), log));
  if (outcome.kind === 'failed') throw outcome.error;
}

/**
 * The second rung of the power ladder; its unit has the peer's settings in its environment.
 * @throws ReconError `usage` without them, `power-off-refused`, `command-failed`
 */
export async function cutPowerAfter(seconds: number, environment: Readonly<Record<string, string | undefined>>, log: Log): Promise<void> {
  await cutPower(seconds, peerDeps(settingsFromEnvironment({ ...environment }), log));
}
