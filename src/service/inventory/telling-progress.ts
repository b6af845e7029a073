import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CapturedCommand } from '../../domain/capture.ts';
import { namesIn } from '../../platform/files/directories.ts';
import { partDirectory } from './part-directories.ts';

const LOOK_MS = 2000;

/**
 * Tells of each command that another program has captured while `work` goes on: by the files that it leaves, which say nothing of how it ended. A master takes a machine of which it
 * hears nothing for stuck.
 */
export async function tellingProgress<T>(
  tell: (command: Pick<CapturedCommand, 'id'>) => void,
  work: () => Promise<T>,
  directories: readonly string[] = [partDirectory('hardware'), partDirectory('brought')],
): Promise<T> {
  const stop = new AbortController();
  const told = new Set<string>();
  const looking = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      for (const directory of directories) {
        for (const name of await namesIn(join(directory, 'raw')).catch(() => [])) {
          const id = /^(.+)\.out$/.exec(name)?.[1];
          if (id === undefined || told.has(`${directory} ${id}`)) continue;
          told.add(`${directory} ${id}`);
          tell({ id });
        }
      }
      await delay(LOOK_MS, undefined, { signal: stop.signal }).catch(() => {});
    }
  };
  const looked = looking();
  try {
    return await work();
  } finally {
    stop.abort();
    await looked;
  }
}
