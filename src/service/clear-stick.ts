import { messageOf } from '../domain/values/message-of.ts';
import { type ClearedVisit, type ClearOutcome, clearRecords } from '../master/intake/clear-records.ts';
import { syncFileSystem } from '../platform/process/sync-file-system.ts';
import type { SealedTarball } from '../seal/seal-tarball.ts';

/** What an earlier visit left may be hundreds of machines. */
const MOST_NAMED = 6;

export interface ClearStickInput {
  directory: string;
  storage: 'stick' | 'ram';
  sealed: SealedTarball | undefined;
  visit: ClearedVisit;
  /** the machine shuts down, and not the service alone */
  isGoingDown: () => Promise<boolean>;
}

/**
 * With `keepRecords: false`: leaves nothing but the encrypted tarball on the stick when the machine goes down. A mere restart of the service
 * keeps the records, because the visit goes on. Gives what to say, and the name that the tarball has from now on.
 */
export async function clearStick({
  directory,
  storage,
  sealed,
  visit,
  isGoingDown,
}: ClearStickInput): Promise<{ said: string[]; name?: string }> {
  if (storage === 'ram' || sealed === undefined || !(await isGoingDown())) return { said: [] };
  const outcome = await clearRecords({ directory, sealed, visit, sync: () => syncFileSystem(directory) }).catch(
    (error: unknown): ClearOutcome => ({ outcome: 'kept', reason: messageOf(error) }),
  );
  if (outcome.outcome === 'kept') return { said: [`records that can be read ARE STILL ON THE STICK: ${outcome.reason}`] };
  const { name, files, left } = outcome;
  const some = left.length <= MOST_NAMED ? left : [...left.slice(0, MOST_NAMED), `and ${left.length - MOST_NAMED} more`];
  const also = left.length === 0 ? [] : [`still there, because the tarball of this visit does not hold it: ${some.join(', ')}`];
  return { said: [`${files} files that could be read were overwritten and removed, as recon.yaml says`, ...also], name };
}
