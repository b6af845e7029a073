import { join } from 'node:path';
import type { CapturePart } from '../../peer/capture/commands/plan.ts';

/** Parts of the capture that take root; of root, and read by the group `recon-inventory`. Made by the units that capture. */
export const INVENTORY_DIRECTORY = '/run/recon/inventory';

/** Where the capture of a part lies. */
export function partDirectory(part: Exclude<CapturePart, 'links'>): string {
  return join(INVENTORY_DIRECTORY, part);
}

/** Where the firmware's variables are mounted for a moment. */
export const EFI_MOUNT_POINT = join(INVENTORY_DIRECTORY, 'efivars');
