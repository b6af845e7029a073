import { z } from 'zod';

const RelativePath = z.string().regex(/^(?!.*(^|\/)\.{1,2}(\/|$))[A-Za-z0-9._+-]+(\/[A-Za-z0-9._+-]+)*$/, 'not a relative path');

/** `recipes/<name>/recipe.json`: what differs between distributions and cannot be said in the KIWI description. */
export const Recipe = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  description: z.string().min(1).meta({ description: 'one line for the list of recipes' }),
  family: z.enum(['debian', 'suse']),
  suite: z.string().min(1).meta({ description: "the distribution's own name of the release" }),
  profile: z.string().min(1).meta({ description: 'KIWI profile' }),
  grubDirectory: RelativePath.meta({ description: 'directory of grub.cfg in the ISO' }),
  loaders: z
    .record(z.enum(['undionly.kpxe', 'snponly.efi']), RelativePath)
    .meta({ description: 'boot loader as the master serves it → its path in the image' }),
});
export type Recipe = z.infer<typeof Recipe>;
