import { useState } from 'preact/hooks';
import type { ChangeReport } from '../../domain/pool/api-views.ts';
import { type Conflict, type PoolOrder, Refusal, refusalText, sendChange } from '../live/ask-head.ts';
import type { PoolActions } from '../live/state.ts';

/** How a change of the pool goes. */
export interface ChangeEntry {
  isBusy: boolean;
  /** the head's answer when it did not do it; empty otherwise */
  fault: string;
  /** somebody else was faster: what they did, and what this one would do now */
  conflict: Conflict | undefined;
  /** gives the answer when it was done; undefined when it was not */
  send(change: PoolOrder): Promise<ChangeReport | undefined>;
  /** the same once more, on what is there now */
  repeat(): Promise<ChangeReport | undefined>;
  /** what the others did stays */
  yield(): void;
}

/** Sends changes, one at a time, and says what was done. `doneText` from the answer. */
export function useChange(actions: PoolActions, doneText: (report: ChangeReport) => string): ChangeEntry {
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const [stale, setStale] = useState<{ change: PoolOrder; conflict: Conflict } | undefined>();
  const send = async (change: PoolOrder): Promise<ChangeReport | undefined> => {
    if (isBusy) return undefined;
    setBusy(true);
    setFault('');
    try {
      const report = await sendChange(change);
      setStale(undefined);
      actions.say(report.isChanged ? doneText(report) : `It was so already: ${report.what}.`);
      await actions.refresh().catch(() => {});
      return report;
    } catch (error) {
      const conflict = error instanceof Refusal ? error.conflict : undefined;
      if (conflict !== undefined) setStale({ change, conflict });
      else setFault(refusalText(error));
      // the session may be over: the page finds out, and asks for the password again
      void actions.refresh().catch(() => {});
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return {
    ...{ isBusy, fault, conflict: stale?.conflict, send },
    repeat: async () => (stale === undefined ? undefined : send({ ...stale.change, revision: stale.conflict.revision })),
    yield: () => setStale(undefined),
  };
}
