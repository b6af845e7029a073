import { definedOnly } from '../../domain/values/defined-only.ts';
import { capture } from '../../peer/capture/capture.ts';
import { plannedCollectors } from '../../peer/operator-collectors.ts';
import { operatorToolsEnvironment } from '../../peer/operator-tools.ts';
import { removePath } from '../../platform/files/directories.ts';
import type { Log } from '../../platform/log.ts';
import { run } from '../../platform/process/command.ts';
import { runInHostMounts } from '../../platform/process/unit-for-a-moment.ts';
import { readInventoryOrder } from './inventory-order.ts';
import { EFI_MOUNT_POINT, partDirectory } from './part-directories.ts';

/** No port is waited for: who captures this sees none. */
const NO_PORTS = { sinceMs: 0, nowMs: () => Number.POSITIVE_INFINITY, sleep: async () => {} };

/**
 * What `recon-inventory.service` runs as root: captures the hardware of this machine, without its network, for who makes the record.
 * Throws as {@link capture}.
 */
export async function captureHardware(log: Log): Promise<void> {
  const { captureMs, hasBrought } = await readInventoryOrder();
  const directory = partDirectory('hardware');
  await removePath(directory);
  await capture(directory, {
    ...{ run, log },
    // where nothing was brought, a tool that is missing is a row all the same
    parts: hasBrought ? ['hardware'] : ['hardware', 'brought'],
    live: { efiMountPoint: EFI_MOUNT_POINT, mount: runInHostMounts, ports: NO_PORTS },
    ...definedOnly({ deadlineMs: captureMs }),
  });
}

/** What `recon-brought.service` runs as root: the tools and collectors of the operator, which may ask whatever they like. Throws as {@link capture}. */
export async function captureBrought(log: Log): Promise<void> {
  const { captureMs, toolsDirectory, collectorsDirectory } = await readInventoryOrder();
  const directory = partDirectory('brought');
  await removePath(directory);
  const own = await plannedCollectors(collectorsDirectory);
  await capture(directory, {
    ...{ run, log },
    parts: ['brought'],
    environment: await operatorToolsEnvironment(toolsDirectory),
    extend: (planned) => [...planned, ...own],
    ...definedOnly({ deadlineMs: captureMs }),
  });
}
