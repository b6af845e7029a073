import { z } from 'zod';

/** What a node, group, profile, image or tag of the boot pool is called. Host names are made of it (RFC 1123, section 2.1): no dots, no capitals. */
export const PoolName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'a name has small letters, digits and hyphens, 63 at most, and begins with a letter or digit')
  .refine((name) => !name.endsWith('-'), 'a name does not end with a hyphen');
