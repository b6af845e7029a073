import { z } from 'zod';
import { about, count, optional, text } from './section.ts';

/** What one of the operator's own collectors said. */
export const CustomOutput = z.looseObject({
  name: text.meta(about('name of the collector', 'collectors.yaml on the stick')),
  status: z.enum(['ok', 'failed', 'timeout']).meta(about('how it ended', 'its exit code')),
  durationMs: z
    .number()
    .nonnegative()
    .exactOptional()
    .meta(about('how long it took', 'the capture', 'ms')),
  reason: optional.text.meta(about('why it is not ok', 'its exit code and last words')),
  data: z.json().exactOptional().meta(about('what it printed, where that is a JSON object or list', 'its output')),
  lines: z.array(z.string()).exactOptional().meta(about('what it printed otherwise, line by line', 'its output')),
  linesLeftOut: count.exactOptional().meta(about('lines that only the capture has, because there are many', 'its output')),
});
export type CustomOutput = z.infer<typeof CustomOutput>;
