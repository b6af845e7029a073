import { mendLastLine } from '../platform/files/append-log.ts';
import type { EventSink } from './event-sink.ts';
import type { KeptState } from './kept-state.ts';
import type { MasterDeps } from './master-deps.ts';
import { directoryMedium } from './medium/medium.ts';
import { type MediumWatch, watchMedium } from './medium/medium-watch.ts';
import { MEDIUM_WORDS } from './medium/trouble-words.ts';
import type { Sealing } from './seal/sealing.ts';

/** What goes on when the medium is back. */
interface Resumed {
  kept: Pick<KeptState, 'ledgerPath' | 'store'>;
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
    onTrouble: ({ fault, reason }) => {
      const { sentence, hint } = MEDIUM_WORDS[fault];
      events.fault('storage', `${sentence} ${hint} (${reason})`, hint);
    },
    onBack: async () => {
      if (resumed === undefined) return;
      const { kept, sealing } = resumed;
      await mendLastLine(kept.ledgerPath);
      const lost = await kept.store.resume();
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
