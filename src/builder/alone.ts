import { basename, dirname } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import { makeDirectory } from '../platform/files/directories.ts';
import { errorCode } from '../platform/files/files.ts';
import { takeProcessLock } from '../platform/files/process-lock.ts';
import type { BuildPaths } from './image/paths.ts';

/**
 * Runs what writes into a recipe's directory, while nobody else does.
 * @throws ReconError `busy` when another process writes into the same directory, `not-writable`
 */
export async function alone(paths: Pick<BuildPaths, 'lock' | 'output'>, work: () => Promise<void>): Promise<void> {
  await makeDirectory(dirname(paths.lock)).catch((cause: unknown) => refuse(paths.lock, cause));
  const lock = await takeProcessLock(paths.lock).catch((cause: unknown) => refuse(paths.lock, cause));
  if ('heldBy' in lock) {
    throw new ReconError('busy', `builds/${basename(paths.output)}/ is being made already, by process ${lock.heldBy}`, {
      hint: `wait until it is done, or end it: kill ${lock.heldBy}`,
    });
  }
  await using _held = lock;
  await work();
}

function refuse(path: string, cause: unknown): never {
  throw new ReconError('not-writable', `${dirname(path)} cannot be written: ${errorCode(cause) ?? String(cause)}`, {
    hint: 'is it read-only, or is a file in the way?',
    cause,
  });
}
