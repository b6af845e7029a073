import { ReconError } from '../domain/errors.ts';
import { decideRole } from '../domain/role.ts';
import type { Log } from '../platform/log.ts';
import { MACHINE_CONSOLES, openConsoles } from '../platform/machine/consoles.ts';
import { bootFacts } from './facts.ts';
import { joinMaster } from './join-master.ts';
import { loudLog } from './loud-log.ts';
import { askPeerWarden } from './peer-warden/ask-peer-warden.ts';
import { startPeer } from './run-peer.ts';
import { showFailure } from './show-failure.ts';
import { untilAborted } from './until-aborted.ts';

/**
 * What `recon-peer.service` runs, without root: a peer's life, told on every screen of the machine. One that is done stays until `signal`, so that nothing starts
 * it again. Throws as {@link startPeer}. @throws ReconError `usage` on a machine that is no peer
 */
export async function livePeer({ signal, log }: { signal: AbortSignal; log: Log }): Promise<void> {
  try {
    const role = decideRole(await bootFacts());
    if (role.role !== 'peer' && role.role !== 'joiner') throw new ReconError('usage', `this machine is no peer: ${role.reason}`);
    const consoles = await openConsoles(MACHINE_CONSOLES);
    const loud = loudLog(log, consoles.write);
    const warden = await askPeerWarden(signal, loud);
    const known = role.role === 'peer' ? role : await joinMaster(role, { warden, log: loud });
    if (known !== undefined) await startPeer(known, loud, warden);
    await untilAborted(signal);
    await consoles.close();
  } catch (error) {
    await showFailure(error);
    throw error;
  }
}
