import { messageOf } from '../../domain/values/message-of.ts';
import { sharedRuns } from '../../domain/values/shared-runs.ts';
import type { Log } from '../../platform/log.ts';
import { assignNodes, namesText } from '../change/assign.ts';
import type { BootBook } from '../history/boot-book.ts';
import type { PoolStore } from '../store/pool-store.ts';

/** Looks when it is told that one is over; of many that tell at once, one look serves all. */
export function onceDisarmer(store: Pick<PoolStore, 'state' | 'change'>, book: Pick<BootBook, 'of'>, log: Pick<Log, 'warn'>): () => void {
  const look = sharedRuns(async () => {
    await disarmOverOnes(store, book).catch((error: unknown) => log.warn(`a one-shot that is over stays in the pool: ${messageOf(error)}`));
  });
  return () => void look();
}

/**
 * Takes one-shots that are over out of the pool's files, so that losing the history never arms one again: all that are over in one change, because a room comes
 * up within a minute. A broken folder is left alone; the next call finds them.
 */
export async function disarmOverOnes(store: Pick<PoolStore, 'state' | 'change'>, book: Pick<BootBook, 'of'>): Promise<string[]> {
  const { pool, mistakes } = store.state();
  if (mistakes.length > 0) return [];
  const over = [...pool.nodes].flatMap(
    ([
      node,
      {
        once,
        macs: [mac],
      },
    ]) => {
      const isOver = once !== undefined && mac !== undefined && book.of({ mac, node })?.history.isOnceOver === true;
      return isOver ? [node] : [];
    },
  );
  if (over.length === 0) return [];
  const what = over.length === 1 ? `the one-shot of ${over[0]} is over` : `the one-shots of ${namesText(over)} are over`;
  await store.change({ by: 'head', what, edit: assignNodes(over, { clear: true, once: true }).edit });
  return over;
}
