import { join } from 'node:path';
import { makeDirectory } from '../../platform/files/directories.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import { giveToUser } from '../../platform/files/give-to-user.ts';
import type { Log } from '../../platform/log.ts';
import { readInventoryOrder } from './inventory-order.ts';
import { OWN_RECORD_DIRECTORY, OWN_RECORD_FILES } from './left-record.ts';
import { selfInventory } from './self-inventory.ts';

/**
 * What `recon-inventory.service` runs as root: takes the inventory of this machine, with the operator's collectors, and leaves it for the user
 * `userId`. `hurry`: aborted when it should end soon.
 */
export async function leaveOwnRecord({ userId, hurry, log }: { userId: number; hurry: AbortSignal; log: Log }): Promise<void> {
  const { record, capture } = await selfInventory(await readInventoryOrder(), log, hurry);
  await makeDirectory(OWN_RECORD_DIRECTORY);
  const paths = [join(OWN_RECORD_DIRECTORY, OWN_RECORD_FILES.record), join(OWN_RECORD_DIRECTORY, OWN_RECORD_FILES.capture)] as const;
  await writeAtomic(paths[0], record, 0o600);
  await writeAtomic(paths[1], capture, 0o600);
  await giveToUser(userId, paths);
}
