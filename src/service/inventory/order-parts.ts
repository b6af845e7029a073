import { join } from 'node:path';
import { z } from 'zod';
import { messageOf } from '../../domain/values/message-of.ts';
import { COLLECTORS_LIST } from '../../peer/operator-collectors.ts';
import { exists } from '../../platform/files/files.ts';
import { runOk } from '../../platform/process/command.ts';
import { type InventoryOrder, keepInventoryOrder } from './inventory-order.ts';

/** As long as a capture may take by itself. */
const USUAL_CAPTURE_MS = 180_000;
/** What comes before and behind the time limit of a capture. */
const AFTER_CAPTURE_MS = 600_000;

/** Which parts were captured as root, and why one that should be there is not. */
export const TakenParts = z.strictObject({
  parts: z.array(z.enum(['hardware', 'brought'])),
  broughtFailed: z.string().exactOptional(),
});
export type TakenParts = z.infer<typeof TakenParts>;

/**
 * Has this machine captured by units of their own, which may do what that takes, and end: one its hardware, and one what the operator brought, if
 * anything. One that another asker has begun goes on for this one: systemd has one job of a unit at a time.
 * @throws ReconError `command-failed` when the hardware could not be captured
 */
export async function orderParts(order: Omit<InventoryOrder, 'hasBrought'>, orderFile?: string): Promise<TakenParts> {
  const { toolsDirectory, collectorsDirectory, captureMs = USUAL_CAPTURE_MS } = order;
  const hasBrought = (await exists(toolsDirectory)) || (await exists(join(collectorsDirectory, COLLECTORS_LIST)));
  await keepInventoryOrder({ ...order, hasBrought }, orderFile);
  const start = (unit: string): Promise<unknown> => runOk(['systemctl', 'start', unit], { timeoutMs: captureMs + AFTER_CAPTURE_MS });
  const brought = hasBrought ? start('recon-brought.service').then(() => undefined, messageOf) : undefined;
  await start('recon-inventory.service');
  if (brought === undefined) return { parts: ['hardware'] };
  const broughtFailed = await brought;
  return broughtFailed === undefined ? { parts: ['hardware', 'brought'] } : { parts: ['hardware'], broughtFailed };
}
