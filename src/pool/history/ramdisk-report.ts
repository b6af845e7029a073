import { z } from 'zod';

/** What keeps a machine from what was chosen for it, as the head or `fail` of its ramdisk names it, and what to try. */
export const BOOT_PROBLEM_HINTS = {
  'too-little-ram': 'Give it more memory, or assign it an image that needs less: failsafe runs in 128 MiB.',
  'other-architecture': 'Assign it an image of its own architecture.',
  'secure-boot': 'Assign it an image or its own disk, or switch Secure Boot off in its set-up.',
  'root-missing': 'Is its cable in, and does the head have the version? recon image check says whether all of it is there.',
  'root-broken': 'recon image check says whether the version is whole on the head. If it is, try another cable or port.',
  'root-unmountable': 'Kernel, ramdisk and root are not of one build: recon image build NAME --step root makes all of them again.',
  'kernel-modules': 'recon image build NAME --step root makes kernel and root of one version again; then assign that version.',
  files: 'Look at what lies below files/ for it: a file where its system has a folder cannot be unpacked.',
} as const;

const BootProblem = z.enum(Object.keys(BOOT_PROBLEM_HINTS) as (keyof typeof BOOT_PROBLEM_HINTS)[]);
export type BootProblem = z.infer<typeof BootProblem>;

/** One line for people: it goes to terminals and pages, where nothing else than letters may arrive. */
const Sentence = z
  .string()
  .max(1000)
  .transform((text) =>
    text
      .replaceAll(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
      .trim()
      .slice(0, 300),
  );

/** What a ramdisk says that it is at. Anybody who holds a token may say anything: all of it is data, and short. */
export const RamdiskReport = z.object({
  stage: z.enum(['config', 'root-image', 'handover']).meta({ description: 'only what a ramdisk itself can know' }),
  detail: Sentence.optional().catch(undefined),
  problem: BootProblem.optional().catch(undefined).meta({ description: 'why it does not go on; `detail` says it in a sentence' }),
  facts: z
    .object({
      linkSeconds: z
        .int()
        .min(0)
        .max(600)
        .optional()
        .catch(undefined)
        .meta({ description: 'until the link of its card was there, in seconds' }),
    })
    .optional()
    .catch(undefined),
});
export type RamdiskReport = z.infer<typeof RamdiskReport>;
