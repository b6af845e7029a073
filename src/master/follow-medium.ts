import { mendLastLine } from '../platform/files/append-log.ts';
import type { EventSink } from './event-sink.ts';
import { noteReceipts } from './intake/note-receipts.ts';
import type { KeptState } from './kept-state.ts';
import type { MasterDeps } from './master-deps.ts';
import { directoryMedium } from './medium/medium.ts';
import { type MediumWatch, watchMedium } from './medium/medium-watch.ts';
import { mediumWords } from './medium/trouble-words.ts';
import type { Sealing } from './seal/sealing.ts';

/** What goes on when the medium is back. */
interface Resumed {
  kept: Pick<KeptState, 'ledgerPath' | 'ledger' | 'store'>;
  sealing: Pick<Sealing, 'changed'>;
}

export interface FollowedMedium {
  medium: MediumWatch;
  /** from now on these go on by themselves */
  resume(parts: Resumed): void;
}

type Settings = Pick<MasterDeps, 'dataDirectory' | 'medium' | 'syncData'>;

/** Follows the medium of the data directory for all who write there; trouble and its end are said. */
export function followMedium(
  { dataDirectory, medium = directoryMedium(dataDirectory), syncData }: Settings,
  events: EventSink,
): FollowedMedium {
  let resumed: Resumed | undefined;
  const watch = watchMedium({
    ...{ dataDirectory, medium, sync: syncData },
    onTrouble: (trouble) => {
      const { sentence, hint } = mediumWords(trouble);
      events.fault('storage', `${sentence} ${hint} (${trouble.reason})`, hint);
    },
    // what is open still when the master starts must not be taken from under it
    mayReopen: () => resumed !== undefined,
    onBack: async () => {
      if (resumed === undefined) return;
      const { kept, sealing } = resumed;
      await mendLastLine(kept.ledgerPath);
      const lost = await kept.store.resume();
      // a master that was started while it was away did not know of them
      noteReceipts(kept.store, kept.ledger);
      events.emit({ kind: 'storage-back', lost: lost.map(({ mac }) => mac) });
      sealing.changed();
    },
  });
  return {
    medium: watch,
    resume: (parts) => {
      resumed = parts;
    },
  };
}
