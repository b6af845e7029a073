import { z } from 'zod';
import { SiteSettings } from '../../domain/site-settings.ts';
import { VisitPlace } from '../../domain/visit/visit-start.ts';
import { WorkloadSettings } from '../../peer/workload-settings.ts';
import { TakenParts } from '../inventory/order-parts.ts';

/** Where the warden, which is root, hears the master, which is not. */
export const WARDEN_SOCKET = '/run/recon/warden.socket';
/** The user `recon-master` of overlay/usr/lib/sysusers.d/recon.conf. */
export const MASTER_USER_ID = 64_078;

/** What the warden does for the master, by name alone: no word carries a path, a text or a number of the master's choice. */
export const WardenWord = z.enum([
  'open-storage',
  'look-at-medium',
  'reopen-medium',
  'close-storage',
  'open-login',
  'take-inventory',
  'look-for-second-stick',
  'take-records',
  'become-peer',
  'start-dnsmasq',
  'stop-dnsmasq',
  'is-going-down',
  'power-off',
]);
export type WardenWord = z.infer<typeof WardenWord>;

const Nothing = z.strictObject({});

/** What a word is answered with when it was done. */
export const WARDEN_RESULTS = {
  'open-storage': z.strictObject({
    directory: z.string(),
    storage: z.enum(['stick', 'ram']),
    reason: z.string().exactOptional().meta({ description: 'why there is no stick to write to' }),
    place: VisitPlace.omit({ macs: true }),
    visit: z.strictObject({
      settings: SiteSettings,
      toolsDirectory: z.string(),
      collectorsDirectory: z.string(),
      workload: WorkloadSettings,
      said: z.array(z.string()),
      mistakes: z.array(z.string()),
    }),
  }),
  'look-at-medium': z.strictObject({
    trouble: z.strictObject({ fault: z.enum(['read-only', 'failing', 'gone']), reason: z.string() }).exactOptional(),
  }),
  'reopen-medium': Nothing,
  'close-storage': z.strictObject({ trouble: z.string().exactOptional() }),
  'open-login': z.strictObject({ said: z.array(z.string()) }),
  'take-inventory': TakenParts,
  'look-for-second-stick': z.strictObject({
    isThere: z.boolean(),
    words: z.string().meta({ description: 'which one, and what is on it; or why there is none' }),
  }),
  'take-records': z.strictObject({
    words: z.string().meta({ description: 'which stick' }),
    files: z.array(z.strictObject({ name: z.string(), sizeBytes: z.number(), sha256: z.string(), wasThere: z.boolean() })),
  }),
  'become-peer': Nothing,
  'start-dnsmasq': Nothing,
  'stop-dnsmasq': Nothing,
  'is-going-down': z.strictObject({ isGoingDown: z.boolean() }),
  'power-off': Nothing,
} as const satisfies Record<WardenWord, z.ZodType>;

export type WardenResult<W extends WardenWord> = z.infer<(typeof WARDEN_RESULTS)[W]>;
