import { z } from 'zod';

/** What is asked of a warden: one line of JSON each, a word without arguments. */
export const WardenRequest = z.strictObject({ id: z.int().nonnegative(), word: z.string() });
export type WardenRequest = z.infer<typeof WardenRequest>;

/** How a unit ended that the warden runs. */
const UnitEnd = z.strictObject({ exitCode: z.int().exactOptional(), signal: z.string().exactOptional() });

/** What a warden says: one line of JSON each. Beside answers, what the unit says that it runs for us (dnsmasq, a workload), and that it ended. */
export const WardenMessage = z.union([
  z.strictObject({ id: z.int(), result: z.unknown() }),
  z.strictObject({ id: z.int(), failed: z.string(), hint: z.string().exactOptional().meta({ description: 'what to try' }) }),
  // those that came together: a message each would be most of what a storm of machines takes
  z.strictObject({ unitLines: z.array(z.string()) }),
  z.strictObject({ unitEnded: UnitEnd }),
]);
export type WardenMessage = z.infer<typeof WardenMessage>;
export type UnitMessage = Extract<WardenMessage, { unitLines: string[] }> | Extract<WardenMessage, { unitEnded: object }>;
