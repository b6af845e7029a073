import { ReconError } from '../../domain/errors.ts';
import type { Pool } from '../../domain/pool/pool.ts';
import { counted } from '../../domain/values/counted.ts';
import { poolFromFiles } from '../folder/parse-folder.ts';
import { readPoolFolder } from '../folder/read-folder.ts';
import { mistakesText } from '../store/mistakes-text.ts';

/** The pool of a folder. @throws ReconError `not-found`, or `pool-broken` with a line for each mistake */
export async function checkedPool(folder: string): Promise<Pool> {
  const outcome = poolFromFiles(await readPoolFolder(folder));
  if (outcome.outcome === 'ok') return outcome.pool;
  const count = counted(outcome.mistakes.length, 'mistake');
  throw new ReconError('pool-broken', `${folder}: ${count}; a folder is taken whole or not at all`, {
    hint: mistakesText(outcome.mistakes),
  });
}
