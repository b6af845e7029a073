import { openStore, type Store, type StoreOptions } from '../../../src/master/intake/store.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { withoutSync } from '../fixture-records.ts';

/** A store that asks for no spare room, and waits for no medium. */
export function roomyStore(directory: string, change: Partial<StoreOptions> = {}): Promise<Store> {
  return openStore({
    ...{ directory, storage: 'ram', log: silentLog, sequence: () => 1, sync: withoutSync, freeFloorBytes: 0 },
    ...change,
  });
}
