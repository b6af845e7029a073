import { z } from 'zod';
import { MacAddress } from './mac.ts';
import { Stage } from './stages.ts';

/** One line of `ledger.jsonl`: a step of one machine as the master saw it. */
export const LedgerEvent = z.strictObject({
  sequence: z.int().nonnegative().meta({ description: "the master's own count; orders events, because clocks lie" }),
  at: z.iso.datetime().meta({ description: "time by the master's clock (UTC)" }),
  mac: MacAddress,
  stage: Stage,
  interface: z.string().exactOptional().meta({ description: "the master's network interface" }),
  address: z.string().exactOptional().meta({ description: 'IP address of the machine' }),
  bytes: z.int().nonnegative().exactOptional().meta({ description: 'bytes sent to the machine in this step' }),
  totalBytes: z.int().nonnegative().exactOptional().meta({ description: 'size of what was asked for, in bytes' }),
  detail: z.string().max(2000).exactOptional(),
});
export type LedgerEvent = z.infer<typeof LedgerEvent>;

/** What a part of the master reports; the ledger adds sequence and time. */
export type LedgerEntry = Omit<LedgerEvent, 'sequence' | 'at'>;
