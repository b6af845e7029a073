import { z } from 'zod';
import { readOrUndefined } from '../platform/files/files.ts';

/** Name of the settings in post.tgz. */
export const WORKLOAD_SETTINGS_FILE = 'settings.json';

/** What the visit's settings mean for a peer; it travels in post.tgz. */
export const WorkloadSettings = z.looseObject({
  captureMs: z.int().positive().exactOptional().meta({ description: 'time for the whole capture' }),
  authorizedKey: z.string().exactOptional().meta({ description: 'OpenSSH public key that may log in as root' }),
});
export type WorkloadSettings = z.infer<typeof WorkloadSettings>;

/** The settings beside a workload; empty when it brings none, or none that can be read: the inventory goes first. */
export async function readWorkloadSettings(path: string): Promise<WorkloadSettings> {
  const bytes = await readOrUndefined(path).catch(() => undefined);
  if (bytes === undefined) return {};
  try {
    return WorkloadSettings.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return {};
  }
}
