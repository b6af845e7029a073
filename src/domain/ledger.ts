import { z } from 'zod';
import { EarlyFacts } from './early-facts.ts';
import { Stage } from './stages.ts';
import { MacAddress } from './values/mac.ts';

/** One line of `ledger.jsonl`: a stage of one machine as the master saw it. */
export const LedgerEvent = z.strictObject({
  sequence: z.int().nonnegative().meta({ description: "the master's own count; orders events, because clocks lie" }),
  at: z.iso.datetime().meta({ description: "time by the master's clock (UTC)" }),
  mac: MacAddress,
  stage: Stage,
  interface: z.string().exactOptional().meta({ description: "the master's network interface" }),
  address: z.string().exactOptional().meta({ description: 'IP address of the machine' }),
  bytes: z
    .int()
    .nonnegative()
    .exactOptional()
    .meta({ description: 'bytes that the machine has of what it asked for, counted from the start of the file' }),
  totalBytes: z.int().nonnegative().exactOptional().meta({ description: 'size of what was asked for, in bytes' }),
  bytesPerSecond: z
    .int()
    .nonnegative()
    .exactOptional()
    .meta({ description: 'mean rate of this transfer so far, in bytes per second; what came before a resumption does not count' }),
  resumedAtBytes: z
    .int()
    .positive()
    .exactOptional()
    .meta({ description: 'the transfer was resumed: offset of its first byte, from the Range header (RFC 9110, section 14.2)' }),
  unleased: z
    .literal(true)
    .exactOptional()
    .meta({ description: 'the address was not given to the machine by a lease; anybody on the segment may have said this' }),
  refused: z
    .string()
    .max(300)
    .exactOptional()
    .meta({ description: "a request in this machine's name was not answered, and why; it moves the machine nowhere" }),
  detail: z.string().max(2000).exactOptional(),
  facts: EarlyFacts.exactOptional().meta({ description: 'what boot loader or initrd said about the machine' }),
});
export type LedgerEvent = z.infer<typeof LedgerEvent>;

/** What a part of the master reports; the ledger adds sequence and time. */
export type LedgerEntry = Omit<LedgerEvent, 'sequence' | 'at'>;
