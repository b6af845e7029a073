import { TOKEN_FILE } from '../domain/api.ts';
import { ReconError } from '../domain/errors.ts';
import type { Role } from '../domain/role.ts';
import { findBootMac } from '../peer/boot-mac.ts';
import { peerDeps } from '../peer/deps.ts';
import { RUN_DIRECTORY, settingsFromEnvironment, WARDEN_VARIABLE } from '../peer/environment.ts';
import { runPeer, runPeerWork } from '../peer/peer.ts';
import type { PeerWarden } from '../peer/peer-warden.ts';
import { cutPower } from '../peer/power.ts';
import { writeAtomic } from '../platform/files/files.ts';
import type { Log } from '../platform/log.ts';
import { run } from '../platform/process/command.ts';
import { askPeerWarden } from './peer-warden/ask-peer-warden.ts';
import { BOOT_MAC_FILE, PEER_DIRECTORY, PEER_TOKEN } from './peer-warden/places.ts';

/**
 * The peer's life; resolves when it is lived and the machine stays on. Without a warden it is root's.
 * @throws ReconError `not-found` when no network card leads to the master
 */
export async function startPeer(role: Extract<Role, { role: 'peer' }>, log: Log, warden?: PeerWarden): Promise<void> {
  const bootMac = role.bootMac ?? (await findBootMac(role.masterUrl, { run, root: '/' }));
  if (bootMac === undefined) {
    throw new ReconError('not-found', `no network card of this machine leads to ${role.masterUrl}`, { hint: 'is the cable still in?' });
  }
  const places =
    warden === undefined ? { tokenFile: TOKEN_FILE, runDirectory: RUN_DIRECTORY } : { tokenFile: PEER_TOKEN, runDirectory: PEER_DIRECTORY };
  if (warden !== undefined) await writeAtomic(BOOT_MAC_FILE, bootMac);
  await runPeer(peerDeps({ masterUrl: role.masterUrl, bootMac, nodePath: process.execPath, ...places }, log, warden));
}

/** It is there: it has started us. */
const WARDEN_MS = 30_000;

/** The workload's part, with what the image's program has put into the environment. @throws ReconError what stopped it */
export async function runWork(environment: Readonly<Record<string, string | undefined>>, log: Log): Promise<void> {
  const socket = environment[WARDEN_VARIABLE];
  const warden = socket === undefined ? undefined : await askPeerWarden(AbortSignal.timeout(WARDEN_MS), log, socket);
  const outcome = await runPeerWork(peerDeps(settingsFromEnvironment({ ...environment }), log, warden));
  warden?.leave();
  if (outcome.kind === 'failed') throw outcome.error;
}

/**
 * The second rung of the power ladder; its unit has the peer's settings in its environment.
 * @throws ReconError `usage` without them, `power-off-refused`, `command-failed`
 */
export async function cutPowerAfter(seconds: number, environment: Readonly<Record<string, string | undefined>>, log: Log): Promise<void> {
  await cutPower(seconds, peerDeps(settingsFromEnvironment({ ...environment }), log));
}
