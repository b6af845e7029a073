import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ReconError } from '../../../domain/errors.ts';
import { makeDirectory, removePath } from '../../../platform/files/directories.ts';
import { readOrUndefined, writeAtomic } from '../../../platform/files/files.ts';
import { movePath } from '../../../platform/files/move-path.ts';
import { listDirectory } from '../../../platform/files/work-directory.ts';

/** A step's result: where it lies, and by which hash later steps know it. */
export interface StepResult {
  directory: string;
  /** of all that went in, and of when it was made: made anew, a root may hold newer packages */
  id: string;
  /** 0: an earlier result was reused */
  seconds: number;
}

export interface CachedStep {
  /** the folder of an image's steps */
  work: string;
  name: string;
  /** all that the result depends on */
  inputs: readonly unknown[];
  /** make it although it is there */
  isFresh: boolean;
  make: (directory: string) => Promise<void>;
  signal: AbortSignal;
}

/** The result of a step, made only when none of these inputs is there. A half-made one has another name, and is made again. */
export async function cachedStep({ work, name, inputs, isFresh, make, signal }: CachedStep): Promise<StepResult> {
  const key = hashOf(inputs);
  const directory = join(work, `${name}-${key.slice(0, 16)}`);
  const made = await readOrUndefined(join(directory, 'made'));
  if (made !== undefined && !isFresh) return { directory, id: made.toString('utf8'), seconds: 0 };
  const partial = `${directory}.partial`;
  await removePath(partial);
  await makeDirectory(partial);
  const started = performance.now();
  await make(partial);
  // a program that was told to end may do so with 0, and leave half a tree
  if (signal.aborted)
    throw new ReconError('build-failed', 'stopped from outside', { hint: 'start it again: steps that were done are kept' });
  const id = hashOf([key, new Date().toISOString()]);
  await writeAtomic(join(partial, 'made'), id);
  await removePath(directory);
  await movePath(partial, directory);
  await removeOthers(work, name, directory);
  return { directory, id, seconds: Math.max(0.1, Math.round((performance.now() - started) / 100) / 10) };
}

/** One result of each step is enough; a root is some hundred megabytes. */
async function removeOthers(work: string, name: string, kept: string): Promise<void> {
  for (const other of await listDirectory(work)) {
    if (other.startsWith(`${name}-`) && join(work, other) !== kept) await removePath(join(work, other));
  }
}

function hashOf(values: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}
