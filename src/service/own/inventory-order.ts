import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { writeAtomic } from '../../platform/files/files.ts';
import type { VisitSettings } from '../settings/visit-settings.ts';

/** Written by the warden, for `recon-inventory.service`. */
const ORDER_FILE = '/run/recon/own-inventory.json';

/** What the inventory of this machine takes from the stick. */
export const InventoryOrder = z.strictObject({
  toolsDirectory: z.string(),
  collectorsDirectory: z.string(),
  captureMs: z.int().positive().exactOptional(),
});
export type InventoryOrder = z.infer<typeof InventoryOrder>;

export async function keepInventoryOrder(
  { toolsDirectory, collectorsDirectory, workload }: VisitSettings,
  path = ORDER_FILE,
): Promise<void> {
  const { captureMs } = workload;
  const order: InventoryOrder = { toolsDirectory, collectorsDirectory, ...definedOnly({ captureMs }) };
  await writeAtomic(path, JSON.stringify(order), 0o600);
}

/** @throws Error when there is none */
export async function readInventoryOrder(path = ORDER_FILE): Promise<InventoryOrder> {
  return InventoryOrder.parse(JSON.parse(await readFile(path, 'utf8')));
}
