import { z } from 'zod';

/**
 * `used`: something of it is in the record, or could be. `empty`: it says that there is nothing. `refused`: the tool says that it could not do what it was
 * asked. `not understood`: no parser reads it, because of its name or of its content.
 */
export const RawFileState = z.enum(['used', 'empty', 'refused', 'not understood']);
export type RawFileState = z.infer<typeof RawFileState>;

/** What became of one file of `raw/` of the capture. */
export const RawFile = z.looseObject({
  path: z.string().meta({ description: 'below the capture directory' }),
  state: RawFileState.meta({ description: 'used, empty, refused or not understood' }),
  reason: z.string().exactOptional().meta({ description: 'why it is not used, or what was set right in it' }),
});
export type RawFile = z.infer<typeof RawFile>;
