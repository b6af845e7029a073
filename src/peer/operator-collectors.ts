import { join } from 'node:path';
import { z } from 'zod';
import { Collector, CUSTOM_PREFIX } from '../domain/collectors.ts';
import { readOrUndefined } from '../platform/files/files.ts';
import type { PlannedCommand } from './capture/commands/plan.ts';

/** Directory of the operator's collectors in post.tgz, and the list in it. */
export const POST_COLLECTORS = 'collectors';
export const COLLECTORS_LIST = 'collectors.json';

/** The commands of the operator's own collectors in such a directory; none when it brings none. */
export async function plannedCollectors(directory: string): Promise<PlannedCommand[]> {
  const bytes = await readOrUndefined(join(directory, COLLECTORS_LIST)).catch(() => undefined);
  if (bytes === undefined) return [];
  const list = z.array(Collector).safeParse(parseJson(bytes));
  if (!list.success) return [];
  return list.data.map(({ name, run, arguments: words, timeoutMs }) => ({
    part: 'brought',
    id: `${CUSTOM_PREFIX}${name}`,
    timeoutMs,
    argv: [join(directory, run), ...words],
  }));
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
