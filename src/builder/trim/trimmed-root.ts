import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Architecture } from '../../domain/values/architecture.ts';
import { makeDirectory, namesIn, removePath } from '../../platform/files/directories.ts';
import { exists } from '../../platform/files/files.ts';
import { movePath } from '../../platform/files/move-path.ts';
import { hashTree } from '../image/inputs.ts';
import type { BuildPaths } from '../image/paths.ts';
import { type SquashLevel, squashRoot } from './squash-root.ts';
import { trimRoot } from './trim-root.ts';

export interface TrimmedRootInput {
  paths: BuildPaths;
  /** a prepared root; it stays as it is */
  root: string;
  /** of all that went into it */
  rootKey: string;
  architecture: Architecture;
  level: SquashLevel;
  /** SOURCE_DATE_EPOCH */
  sourceDate: string | undefined;
  /** runs a program where KIWI is */
  prefix: readonly string[];
  say: (text: string) => void;
}

const KIND = 'squashfs-';

/**
 * The root image: a squashfs of a prepared root without what nobody needs on a machine. Kept under a hash of all that it is made of: root, the tables and the code of this folder, level and time. Gives the path of the file that is kept, which nobody may write into.
 */
export async function trimmedRoot({
  paths,
  root,
  rootKey,
  architecture,
  level,
  sourceDate,
  prefix,
  say,
}: TrimmedRootInput): Promise<string> {
  const epoch = sourceDate === undefined || sourceDate === '' ? await kernelTime(root) : sourceDate;
  const key = await keyOf(paths, { rootKey, level, epoch });
  const image = join(paths.cache, `${KIND}${key}`);
  if (await exists(image)) {
    say('nothing of it has changed since the last build: taken from the cache');
    return image;
  }
  await makeDirectory(paths.cache);
  for (const name of await namesIn(paths.cache)) if (name.startsWith(KIND)) await removePath(join(paths.cache, name));
  const [tree, partial] = [join(paths.work, 'tree'), `${image}.partial`];
  await removePath(tree);
  await trimRoot({ root, tree, architecture, prefix, say });
  say(`squashfs, zstd ${level}`);
  await squashRoot({ tree, to: partial, level, epoch, prefix });
  await movePath(partial, image);
  await removePath(tree);
  return image;
}

/** The tables and the code of these folders, which decide what of a root becomes of it. */
export async function trimRules(repository: string): Promise<string> {
  return `${await hashTree(join(repository, 'src/builder/trim'))} ${await hashTree(join(repository, 'src/builder/drivers'))}`;
}

async function keyOf(paths: BuildPaths, parts: Pick<TrimmedRootInput, 'rootKey' | 'level'> & { epoch: string }): Promise<string> {
  return createHash('sha256')
    .update(JSON.stringify([parts.rootKey, await trimRules(paths.repository), parts.level, parts.epoch]))
    .digest('hex')
    .slice(0, 16);
}

/** When the kernel was made: packages are older than a build, and the same packages give the same time. */
async function kernelTime(root: string): Promise<string> {
  const kernel = (await namesIn(join(root, 'boot')).catch(() => [])).find((name) => name.startsWith('vmlinuz-'));
  return kernel === undefined ? '0' : String(Math.floor((await stat(join(root, 'boot', kernel))).mtimeMs / 1000));
}
