import { decideRole, type Role } from '../domain/role.ts';
import { messageOf } from '../domain/values/message-of.ts';
import type { Log } from '../platform/log.ts';
import { MACHINE_CONSOLES, openConsoles } from '../platform/machine/consoles.ts';
import { monotonicMs } from '../platform/machine/steady-clock.ts';
import { bootFacts } from './facts.ts';
import { readManifest } from './image-master.ts';
import { runInstaller } from './install/run-installer.ts';
import { joinNetwork, leaveNetwork } from './join/join-network.ts';
import { loudLog } from './loud-log.ts';
import { runPeerWarden } from './peer-warden/run-peer-warden.ts';
import { showFailure } from './show-failure.ts';
import { untilAborted } from './until-aborted.ts';
import { runWarden } from './warden/run-warden.ts';
import { wrapLines } from './wrap-lines.ts';

/**
 * What a live system does after booting: decide the role, have a unit without root live it, and be the warden of that until
 * `signal`.
 */
export async function runService(options: { signal: AbortSignal; log: Log }): Promise<void> {
  try {
    await live(options);
  } catch (error) {
    await showFailure(error);
    throw error;
  }
}

async function live(options: { signal: AbortSignal; log: Log }): Promise<void> {
  const { signal, log } = options;
  let cameBackAtMs: number | undefined;
  // once, but for a machine that joins another master, and for one that comes back from there
  do {
    const facts = await bootFacts();
    const role = decideRole(facts);
    log.info(`role: ${role.role} (${role.reason})`);
    if (role.role === 'master') {
      const port = await runWarden(facts, { ...options, cameBackAtMs });
      if (port === undefined || signal.aborted) return;
      await joinNetwork(port).catch((error: unknown) => {
        cameBackAtMs = monotonicMs();
        log.warn(`the other master cannot be joined: ${messageOf(error)}`);
      });
    } else if (role.role === 'joiner') {
      await runPeerWarden({ masterUrl: undefined, bootMac: role.bootMac }, options);
      if (signal.aborted) return;
      await leaveNetwork(role.bootMac);
      cameBackAtMs = monotonicMs();
    } else return otherRole(role, options);
  } while (!signal.aborted);
}

async function otherRole(role: Exclude<Role, { role: 'master' | 'joiner' }>, options: { signal: AbortSignal; log: Log }): Promise<void> {
  if (role.role === 'peer') return runPeerWarden(role, options);
  if (role.role === 'installer')
    return runInstaller({ ...options, bootDevice: role.bootDevice, manifest: await readManifest(), wrap: wrapLines });
  await tellUndecided(role.reason, options.log);
  await untilAborted(options.signal);
}

async function tellUndecided(reason: string, log: Log): Promise<void> {
  const consoles = await openConsoles(MACHINE_CONSOLES);
  const words = `this machine does not know what it is: ${reason}. Nothing on it was changed; switch it off by hand.`;
  loudLog(log, consoles.write).warn(words);
  await consoles.close();
}
