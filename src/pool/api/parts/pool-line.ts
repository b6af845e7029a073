import type { Pool } from '../../../domain/pool/pool.ts';
import { counted } from '../../../domain/values/counted.ts';

/** What is in a pool, in one line. */
export function poolLine({ nodes, groups, profiles, settings }: Pool): string {
  const parts = [counted(nodes.size, 'node'), counted(groups.size, 'group'), counted(profiles.size, 'profile')];
  return `${[...parts, counted(settings.rules.length, 'rule')].join(', ')}; unknown machines: ${settings.unknown}`;
}
