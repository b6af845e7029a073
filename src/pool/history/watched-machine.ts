import { z } from 'zod';
import { MacAddress } from '../../domain/values/mac.ts';
import { RamdiskReport } from './ramdisk-report.ts';

const Time = z.iso.datetime();
const Kind = z.enum(['compute', 'failsafe', 'linux', 'iso', 'script', 'menu', 'local-disk', 'recon', 'hold']);

/** What a running system says of itself; anybody may say anything, so all is short and may be missing. */
export const RunReport = z.object({
  image: z.string().max(100).optional().catch(undefined).meta({ description: 'the image that it runs, as compute-debian-13@3' }),
  kernelRelease: z.string().max(100).optional().catch(undefined).meta({ description: 'uname -r' }),
  memAvailableBytes: z.int().nonnegative().optional().catch(undefined).meta({ description: 'MemAvailable, in bytes' }),
  rootUsedPercent: z.number().min(0).max(100).optional().catch(undefined).meta({ description: 'how full its root is' }),
});
export type RunReport = z.infer<typeof RunReport>;

/** What was seen of one machine. Losing it loses history, not the pool. */
export const WatchedMachine = z.object({
  mac: MacAddress.meta({ description: 'the card that it asked with last' }),
  node: z.string().optional().meta({ description: 'missing: a machine that is no node' }),
  address: z.string().optional(),
  firstSeenAt: Time,
  lastSeenAt: Time,
  facts: z
    .object({
      vendor: z.string(),
      product: z.string(),
      serial: z.string(),
      uuid: z.string(),
      memoryBytes: z.number(),
      firmware: z.enum(['bios', 'uefi']),
      architecture: z.enum(['x86_64', 'arm64']),
    })
    .partial()
    .default({})
    .meta({ description: "the firmware's words, of its last boot that had any" }),
  looksLike: z.string().optional().meta({ description: 'the node that it would be if its card had been replaced' }),
  history: z
    .object({
      scripts: z.array(z.object({ atMs: z.number(), kind: Kind })).readonly(),
      onceClaims: z.int().nonnegative(),
      isOnceOver: z.literal(true).optional(),
    })
    .default({ scripts: [], onceClaims: 0 }),
  signature: z
    .string()
    .optional()
    .meta({ description: 'what the pool said of it when it asked last; another one is a change by a person' }),
  script: z
    .object({ at: Time, choice: z.string(), kind: Kind, isOnce: z.boolean(), because: z.string() })
    .optional()
    .meta({ description: 'the last script that it was given' }),
  progress: z
    .object({ at: Time, report: RamdiskReport })
    .optional()
    .catch(undefined)
    .meta({ description: 'what its ramdisk said last that it is at' }),
  problem: z
    .object({ at: Time, report: RamdiskReport })
    .optional()
    .catch(undefined)
    .meta({ description: 'why a boot of it did not go on, until one comes up' }),
  linkSeconds: z.number().optional().meta({ description: 'until the link of its card was there when it booted last' }),
  dmesgAt: Time.optional().meta({ description: "when it sent its kernel's messages last" }),
  up: z
    .object({ at: Time, choice: z.string().optional(), report: RunReport })
    .optional()
    .meta({ description: 'when it said that it is up, and what it runs' }),
  alive: z.object({ at: Time, report: RunReport }).optional().meta({ description: 'its last sign of life' }),
  frozen: z.object({ at: Time, why: z.string() }).optional().meta({ description: 'it gets no secrets until a person says so' }),
});
export type WatchedMachine = z.infer<typeof WatchedMachine>;
