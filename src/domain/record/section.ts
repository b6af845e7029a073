import { z } from 'zod';
import { definedOnly } from '../values/defined-only.ts';

/** A part of a record: what was found, that the machine has none of it, or why it could not be read. */
export function section<T extends z.ZodType>(data: T) {
  return z.discriminatedUnion('status', [
    z.looseObject({ status: z.literal('ok'), durationMs: z.number().nonnegative().exactOptional(), data }),
    z.looseObject({
      status: z.literal('absent'),
      durationMs: z.number().nonnegative().exactOptional(),
      reason: z.string().exactOptional(),
    }),
    z.looseObject({ status: z.literal('failed'), durationMs: z.number().nonnegative().exactOptional(), reason: z.string() }),
  ]);
}

export const text = z.string().min(1);
export const count = z.int().nonnegative();
export const optional = {
  text: text.exactOptional(),
  count: count.exactOptional(),
  flag: z.boolean().exactOptional(),
  /** beyond 2^53 the decimal text of it */
  counter: z.union([count, z.string().regex(/^\d{16,}$/)]).exactOptional(),
};

/** What a field means, where it comes from (tool and key, or path), and its unit where the name carries none. */
export function about(description: string, source: string, unit?: string): { description: string; source: string; unit?: string } {
  return { description, source, ...definedOnly({ unit }) };
}
