import { join } from 'node:path';
import { captureTo } from '../peer/capture/capture.ts';
import { inventoryOf } from '../peer/inventory.ts';
import { makeDirectory } from '../platform/files/directories.ts';
import { temporaryDirectory } from '../platform/files/files.ts';
import type { Log } from '../platform/log.ts';

/**
 * Loads what units of the image run, and takes the inventory of an empty directory: what V8 compiles for that is what a machine runs after booting.
 * No tool is run, and nothing is sent.
 */
export async function warmUp(log: Log): Promise<void> {
  await Promise.all([
    ...[import('./service.ts'), import('./peer-life.ts'), import('./run-peer.ts'), import('./run-master.ts')],
    ...[import('./inventory/capture-part.ts'), import('./own/make-record.ts')],
  ]);
  await using place = await temporaryDirectory('recon-warm-up-');
  const root = join(place.path, 'root');
  await makeDirectory(root);
  const directory = join(place.path, 'capture');
  await inventoryOf(directory, await captureTo(directory, { root, log: { ...log, warn: () => {} } }));
}
