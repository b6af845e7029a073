import { setTimeout as delay } from 'node:timers/promises';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { PortsClock } from '../../peer/capture/links-settled.ts';
import { inventory } from '../../peer/inventory.ts';
import { plannedCollectors } from '../../peer/operator-collectors.ts';
import { operatorToolsEnvironment } from '../../peer/operator-tools.ts';
import { removePath } from '../../platform/files/directories.ts';
import type { Log } from '../../platform/log.ts';
import { run } from '../../platform/process/command.ts';
import type { InventoryOrder } from './inventory-order.ts';

const CAPTURE_DIRECTORY = '/run/recon/self-capture';
const EFI_MOUNT_POINT = '/run/recon/efivars';

/** Takes the inventory of the master itself, with the same tools and collectors as on a peer. */
export async function selfInventory(order: InventoryOrder, log: Log, shutdown: AbortSignal): ReturnType<typeof inventory> {
  await removePath(CAPTURE_DIRECTORY);
  const ports = portsClock(shutdown);
  const environment = await operatorToolsEnvironment(order.toolsDirectory);
  const own = await plannedCollectors(order.collectorsDirectory);
  const { captureMs } = order;
  return inventory(CAPTURE_DIRECTORY, {
    run,
    log,
    environment,
    live: { efiMountPoint: EFI_MOUNT_POINT, ports },
    extend: (planned) => [...planned, ...own],
    ...definedOnly({ deadlineMs: captureMs }),
  });
}

/** Ports get their time to find a link, unless this machine is about to go down. */
export function portsClock(shutdown: AbortSignal): PortsClock {
  return {
    sinceMs: performance.now(),
    nowMs: () => (shutdown.aborted ? Number.POSITIVE_INFINITY : performance.now()),
    sleep: async (durationMs) => delay(durationMs, undefined, { signal: shutdown }).catch(() => undefined),
  };
}
