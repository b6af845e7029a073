import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeAtomic } from '../../platform/files/files.ts';

/** Written by the warden, for the units that capture. */
const ORDER_FILE = '/run/recon/inventory-order.json';

/** What the inventory of this machine takes from the stick, or from the master's workload. */
export const InventoryOrder = z.strictObject({
  toolsDirectory: z.string(),
  collectorsDirectory: z.string(),
  captureMs: z.int().positive().exactOptional(),
  /** a unit of its own runs what the operator brought */
  hasBrought: z.boolean(),
});
export type InventoryOrder = z.infer<typeof InventoryOrder>;

export async function keepInventoryOrder(order: InventoryOrder, path = ORDER_FILE): Promise<void> {
  await writeAtomic(path, JSON.stringify(order), 0o600);
}

/** @throws Error when there is none */
export async function readInventoryOrder(path = ORDER_FILE): Promise<InventoryOrder> {
  return InventoryOrder.parse(JSON.parse(await readFile(path, 'utf8')));
}
