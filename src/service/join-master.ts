import { setTimeout as delay } from 'node:timers/promises';
import type { Role } from '../domain/role.ts';
import { progressReporter } from '../peer/progress.ts';
import { renewToken } from '../peer/renew-token.ts';
import { writeAtomic } from '../platform/files/files.ts';
import type { Log } from '../platform/log.ts';
import { monotonicMs } from '../platform/machine/steady-clock.ts';
import { httpFetch } from '../platform/network/http-fetch.ts';
import { readManifest } from './image-master.ts';
import { findMaster } from './join/find-master.ts';
import { dropLease, leaseOfPort } from './join/port-of.ts';
import { MASTER_URL_FILE, PEER_TOKEN } from './peer-warden/places.ts';

interface JoinMasterDeps {
  warden: { lookAgain(): Promise<void> };
  log: Log;
}

/**
 * For a machine that booted from a medium: who its master is, and its token from there, which others have from their boot script. Undefined, after telling
 * the warden, when nobody is there who takes its record: it is to look again whether it may be a master itself.
 */
export async function joinMaster(
  { bootMac, reason }: Extract<Role, { role: 'joiner' }>,
  { warden, log }: JoinMasterDeps,
): Promise<Extract<Role, { role: 'peer' }> | undefined> {
  log.info(`recon peer: another Recon master serves at ${bootMac}; asking it for an address`);
  const { version } = await readManifest();
  const found = await findMaster(bootMac, {
    ...{ leaseOf: leaseOfPort, fetch: httpFetch, version, nowMs: monotonicMs },
    sleep: async (durationMs) => delay(durationMs),
  });
  if ('why' in found) {
    log.warn(`recon peer: ${found.why}. This machine looks again whether it may be a master.`);
    await dropLease(bootMac);
    await warden.lookAgain();
    return undefined;
  }
  const { masterUrl } = found;
  log.info(`recon peer: ${found.words}.`);
  await writeAtomic(MASTER_URL_FILE, masterUrl);
  const deps = { masterUrl, bootMac, tokenFile: PEER_TOKEN, fetch: httpFetch, log };
  const token = await renewToken(deps);
  // the upload asks for it again, for as long as it takes
  if (!token.renewed) log.warn(`recon peer: no token yet: ${token.why}`);
  const progress = progressReporter(deps);
  progress.report('agent', `booted from a medium of its own, version ${version}`);
  await progress.settled();
  return { role: 'peer', masterUrl, bootMac, reason };
}
