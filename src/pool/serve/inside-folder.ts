import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { ReconError } from '../../domain/errors.ts';

/** The file that a path below files/ means. @throws ReconError `not-found`, also for what a link leads out of the folder to */
export async function insideFolder(folder: string, source: string): Promise<string> {
  const missing = (): never => {
    throw new ReconError('not-found', `there is no ${source} below files/ of the pool`);
  };
  const root = await realpath(folder).catch(missing);
  const path = await realpath(join(folder, source)).catch(missing);
  return path.startsWith(`${root}/`) ? path : missing();
}
