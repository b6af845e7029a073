import { z } from 'zod';
import { TakenParts } from '../inventory/order-parts.ts';

/** What the warden does for a peer, by name alone, and what each word is answered with when it was done. */
export const PEER_RESULTS = {
  'take-inventory': TakenParts,
  'open-login': z.strictObject({ said: z.array(z.string()) }),
  'has-bmc': z.strictObject({ hasBmc: z.boolean() }),
  'shut-down': z.strictObject({}),
  'look-again': z.strictObject({}),
  'run-workload': z.strictObject({ exitCode: z.int().exactOptional(), signal: z.string().exactOptional() }),
} as const satisfies Record<string, z.ZodType>;

export type PeerWord = keyof typeof PEER_RESULTS;
export type PeerResult<W extends PeerWord> = z.infer<(typeof PEER_RESULTS)[W]>;
