import { messageOf } from '../../domain/values/message-of.ts';
import type { Log } from '../../platform/log.ts';
import { mistakesText } from '../store/mistakes-text.ts';
import type { PoolStore } from '../store/pool-store.ts';

interface FollowOptions {
  store: Pick<PoolStore, 'state' | 'refresh'>;
  everyMs: number;
  /** a new revision serves */
  onChange: () => Promise<void>;
  log: Log;
}

/**
 * Takes what is edited by hand, and says what is wrong in it, once. It looks by time and not by events: editors write beside and rename, a checkout
 * changes many files, and a folder may lie on NFS.
 */
export function followFolder({ store, everyMs, onChange, log }: FollowOptions): { stop(): Promise<void> } {
  let { revision } = store.state();
  let told = '';
  const tell = (text: string): void => {
    if (text !== told && text !== '') log.warn(`the pool's folder is broken; revision ${revision} goes on serving:\n${text}`);
    if (text === '' && told !== '') log.info("the pool's folder is valid again");
    told = text;
  };
  let { uncommitted } = store.state();
  if (uncommitted !== undefined) log.warn(withoutCommit(uncommitted));
  const tellCommits = (now: string | undefined): void => {
    if (now === uncommitted) return;
    if (now === undefined) log.info('changes of the pool are committed again');
    else log.warn(withoutCommit(now));
    uncommitted = now;
  };
  tell(mistakesText(store.state().mistakes));
  const look = async (): Promise<void> => {
    const state = await store.refresh();
    if (state.revision !== revision) {
      revision = state.revision;
      log.info(`revision ${revision} of the pool serves`);
      await onChange();
    }
    tell(mistakesText(state.mistakes));
    tellCommits(state.uncommitted);
  };
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    looking ??= look()
      .catch((error: unknown) => log.warn(`the pool's folder cannot be read: ${messageOf(error)}`))
      .finally(() => {
        looking = undefined;
      });
  }, everyMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}

function withoutCommit(reason: string): string {
  return `changes of the pool stand, but git does not get them: ${reason}`;
}
