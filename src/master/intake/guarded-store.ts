import { ReconError } from '../../domain/errors.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import type { PartialRecords } from '../../records/partial-records.ts';
import type { Store } from './store.ts';

/** Follows the medium; see medium-watch.ts. */
interface MediumGuard {
  requireThere(): void;
  guard<T>(work: () => Promise<T>): Promise<T>;
}

/** A store that takes nothing while its medium has trouble, before a body is read, and says so. */
export function guarded(store: Store, medium: MediumGuard): Store {
  return {
    ...store,
    putCapture: (upload) => medium.guard(() => store.putCapture(upload)),
    putRecord: (upload) => medium.guard(() => store.putRecord(upload)),
    recordOf: async (mac) => {
      medium.requireThere();
      try {
        return await store.recordOf(mac);
      } catch (cause) {
        throw new ReconError('medium-failed', `the record of ${mac} cannot be read: ${messageOf(cause)}`, { cause });
      }
    },
  };
}

/** The same for what initrds send. */
export function guardedPartial(partial: PartialRecords, medium: MediumGuard): PartialRecords {
  return { ...partial, put: (mac, lines) => medium.guard(() => partial.put(mac, lines)) };
}
