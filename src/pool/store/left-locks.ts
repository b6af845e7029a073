import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { namesIn, removePath } from '../../platform/files/directories.ts';
import { exists, writeAtomic } from '../../platform/files/files.ts';

/** In the repository's own directory while a commit is under way. */
const UNDER_WAY = 'recon-committing';

/** @param directory of the repository, such as /etc/recon/pool/.git */
export async function noteUnderWay(directory: string, isUnderWay: boolean): Promise<void> {
  const path = join(directory, UNDER_WAY);
  if (isUnderWay) await writeAtomic(path, '');
  else await removePath(path);
}

/**
 * Takes away the locks of a commit that a power cut ended: git leaves them for good, and would refuse every change from then on. Only where a commit of ours was
 * under way, and only locks that came after it began: one of a person, whose editor is open, stays.
 */
export async function removeLeftLocks(directory: string): Promise<void> {
  const marker = join(directory, UNDER_WAY);
  if (!(await exists(marker))) return;
  const begunMs = await changedAtMs(marker);
  for (const name of await locksIn(directory))
    if ((await changedAtMs(join(directory, name))) >= begunMs) await removePath(join(directory, name));
  await removePath(marker);
}

async function locksIn(directory: string): Promise<string[]> {
  const below = async (folder: string): Promise<string[]> =>
    (await namesIn(join(directory, folder)).catch((): string[] => [])).map((name) => join(folder, name));
  return [...(await below('.')), ...(await below('refs/heads'))].filter((name) => name.endsWith('.lock'));
}

async function changedAtMs(path: string): Promise<number> {
  return (await stat(path)).mtimeMs;
}
