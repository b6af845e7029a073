import { setTimeout as delay } from 'node:timers/promises';
import type { SelfInventory } from '../../master/intake/self-record.ts';
import type { PortsClock } from '../../peer/capture/links-settled.ts';
import { inventory } from '../../peer/inventory.ts';
import { plannedCollectors } from '../../peer/operator-collectors.ts';
import { operatorToolsEnvironment } from '../../peer/operator-tools.ts';
import { removePath } from '../../platform/files/directories.ts';
import type { Log } from '../../platform/log.ts';
import { run } from '../../platform/process/command.ts';
import type { VisitSettings } from '../settings/visit-settings.ts';
import { ownMac } from './own-mac.ts';

const CAPTURE_DIRECTORY = '/run/recon/self-capture';
const EFI_MOUNT_POINT = '/run/recon/efivars';

/** Takes the inventory of the master itself, with the same tools and collectors as on a peer. */
export async function selfInventory(visit: VisitSettings, log: Log, shutdown: AbortSignal): Promise<SelfInventory> {
  await removePath(CAPTURE_DIRECTORY);
  const ports = portsClock(shutdown);
  const environment = await operatorToolsEnvironment(visit.toolsDirectory);
  const own = await plannedCollectors(visit.collectorsDirectory);
  const { captureMs } = visit.workload;
  const taken = await inventory(CAPTURE_DIRECTORY, {
    run,
    log,
    environment,
    live: { efiMountPoint: EFI_MOUNT_POINT, ports },
    extend: (planned) => [...planned, ...own],
    ...(captureMs === undefined ? {} : { deadlineMs: captureMs }),
  });
  return { ...taken, mac: ownMac(taken.record) };
}

/** Ports get their time to find a link, unless this machine is about to go down. */
export function portsClock(shutdown: AbortSignal): PortsClock {
  return {
    sinceMs: performance.now(),
    nowMs: () => (shutdown.aborted ? Number.POSITIVE_INFINITY : performance.now()),
    sleep: async (durationMs) => delay(durationMs, undefined, { signal: shutdown }).catch(() => undefined),
  };
}
