import { z } from 'zod';

/** Why a machine does not go on, in words, and what to try. */
export const Verdict = z.looseObject({
  code: z.string().meta({ description: 'stable, for programs: too-little-ram' }),
  sentence: z.string(),
  hint: z.string(),
});
export type Verdict = z.infer<typeof Verdict>;
