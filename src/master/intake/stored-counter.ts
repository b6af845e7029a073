import type { SpaceBook } from './space/space-book.ts';
import { exactBound, roughBound } from './space/stored-bounds.ts';
import type { StoredRevisions } from './stored-revisions.ts';

/** Books what is stored already. */
export interface StoredCounter {
  /** books by sizes before it returns, and goes on to count the files of all captures beside the work; begins anew on a medium that came back */
  start(): Promise<void>;
  /** ends the counting; afterwards it has no file open, without which the medium cannot be unmounted */
  stop(): Promise<void>;
}

export function storedCounter(
  revisions: Pick<StoredRevisions, 'latest' | 'latestOf'>,
  book: Pick<SpaceBook, 'keep'>,
  exact: typeof exactBound = exactBound,
): StoredCounter {
  let ending = new AbortController();
  let running = Promise.resolve();
  const count = async ({ signal }: AbortController): Promise<void> => {
    for (const one of revisions.latest()) {
      if (signal.aborted) return;
      const bound = await exact(one);
      if (!signal.aborted && revisions.latestOf(one.mac) === one) book.keep(one.mac, bound);
    }
  };
  const stop = async (): Promise<void> => {
    ending.abort();
    await running;
  };
  return {
    start: async () => {
      await stop();
      ending = new AbortController();
      for (const one of revisions.latest()) book.keep(one.mac, await roughBound(one));
      running = count(ending);
    },
    stop,
  };
}
