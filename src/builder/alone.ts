import { basename, dirname } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import { makeDirectory, removePath } from '../platform/files/directories.ts';
import { errorCode } from '../platform/files/files.ts';
import { takeProcessLock } from '../platform/files/process-lock.ts';
import { clearLeftoverMounts } from '../platform/machine/leftover-mounts.ts';
import type { BuildPaths } from './image/paths.ts';

/**
 * Runs what writes into a recipe's directory, while nobody else does. What a killed one left there is out of the way before.
 * @throws ReconError `busy` when another process writes into the same directory, or has something mounted there that does not go; `not-writable`
 */
export async function alone(paths: Pick<BuildPaths, 'lock' | 'output' | 'cache' | 'work'>, work: () => Promise<void>): Promise<void> {
  await makeDirectory(dirname(paths.lock)).catch((cause: unknown) => refuse(paths.lock, cause));
  const lock = await takeProcessLock(paths.lock).catch((cause: unknown) => refuse(paths.lock, cause));
  if ('heldBy' in lock) {
    throw new ReconError('busy', `builds/${basename(paths.output)}/ is being made already, by process ${lock.heldBy}`, {
      hint: `wait until it is done, or end it: kill ${lock.heldBy}`,
    });
  }
  await using _held = lock;
  await clearLeftovers(paths);
  await work();
}

/** Mounts and loop devices first: nothing may be removed below a mount. */
async function clearLeftovers({ output, cache, work }: Pick<BuildPaths, 'output' | 'cache' | 'work'>): Promise<void> {
  for (const directory of [output, cache]) {
    const [stayed] = await clearLeftoverMounts(directory);
    if (stayed !== undefined)
      throw new ReconError('busy', `${stayed} is mounted, and cannot be unmounted`, { hint: `who uses it? fuser -vm ${stayed}` });
  }
  await removePath(work);
}

function refuse(path: string, cause: unknown): never {
  throw new ReconError('not-writable', `${dirname(path)} cannot be written: ${errorCode(cause) ?? String(cause)}`, {
    hint: 'is it read-only, or is a file in the way?',
    cause,
  });
}
