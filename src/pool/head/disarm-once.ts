import { withSetting } from '../../settings/edit-text.ts';
import type { BootBook } from '../history/boot-book.ts';
import type { PoolState, PoolStore } from '../store/pool-store.ts';

/** Takes one-shots that are over out of the pool's files, so that losing the history never arms one again. A broken folder is left alone; the next call finds them. */
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
  for (const node of over) {
    await store.change({ by: 'head', what: `the one-shot of ${node} is over`, edit: (files) => withoutOnce(files, node, pool.places) });
  }
  return over;
}

function withoutOnce(files: ReadonlyMap<string, string>, node: string, places: PoolState['pool']['places']): ReadonlyMap<string, string> {
  const [, file = 'nodes.yaml'] = /^(.*) line \d+$/.exec(places.get(`node ${node}`) ?? '') ?? [];
  const text = files.get(file);
  if (text === undefined) return files;
  const path: [string, ...string[]] = file === 'pool.yaml' ? ['nodes', node, 'once'] : [node, 'once'];
  return new Map([...files, [file, withSetting(text, path, undefined)]]);
}
