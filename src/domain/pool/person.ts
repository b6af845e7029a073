import { z } from 'zod';
import { PoolName } from './pool-name.ts';

/** What somebody may do with the boot pool; each may what those before it may. */
export const POOL_ROLES = ['viewer', 'operator', 'admin'] as const;
export const PoolRole = z.enum(POOL_ROLES).meta({
  description: 'viewer: look. operator: also say what nodes boot. admin: also nodes, groups, profiles, files, tokens and the audit',
});
export type PoolRole = z.infer<typeof PoolRole>;

/** Whoever asks for something, once it is known who. */
export const Person = z.strictObject({
  name: z.string().meta({ description: 'user, `token NAME`, or root on the head itself' }),
  role: PoolRole,
  groups: z.array(PoolName).exactOptional().meta({ description: 'only nodes of these groups may be assigned; missing: all' }),
});
export type Person = z.infer<typeof Person>;

export function hasRole({ role }: Pick<Person, 'role'>, least: PoolRole): boolean {
  return POOL_ROLES.indexOf(role) >= POOL_ROLES.indexOf(least);
}
