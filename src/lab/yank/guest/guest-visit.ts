import { beginVisit, type CurrentVisit } from '../../../master/visit/begin-visit.ts';
import type { Log } from '../../../platform/log.ts';
import { scanRevisions } from '../../../records/read-revisions.ts';
import type { DataStorage } from '../../../service/stick/data-storage.ts';

/** Beside the directory at which the stick is mounted. */
const STATE_DIRECTORY = '/run/recon';

/** Finds out which visit a boot of the stick is of, as a master does; every boot of this rig goes on with the last one. */
export async function guestVisit(
  { directory, sync }: Pick<DataStorage, 'directory' | 'sync'>,
  boot: string,
  log: Log,
): Promise<CurrentVisit & { now: () => Date }> {
  const now = (): Date => new Date();
  const current = await beginVisit({
    ...{ directory, sync, now, place: { macs: [] }, setting: 'continue', builtAt: new Date(0) },
    stateFile: `${STATE_DIRECTORY}/visit-${boot}.json`,
    found: await scanRevisions(directory, log),
    onFault: log.warn,
  });
  return { ...current, now };
}
