import { dirname, join } from 'node:path';
import { ReconError } from '../domain/errors.ts';
import { namesIn, removePath } from '../platform/files/directories.ts';
import { syncPath } from '../platform/files/files.ts';
import { type HashedFile, hashOnMedium } from '../platform/files/hashed-files.ts';
import { movePath } from '../platform/files/move-path.ts';

export interface PlaceInput {
  /** the tarball under a name that says that it is not whole */
  temporary: string;
  /** where it goes; nothing is there */
  path: string;
  written: HashedFile;
  /** resolves when all that was written before the call is on the medium; without it the file and its directory are synced */
  sync: (() => Promise<void>) | undefined;
}

/**
 * The name for one more tarball: the usual one, or with the first free number. Never that of one which is there: a file system without a
 * journal that loses its power while one replaces the other may be left with neither.
 */
export async function freeTarballName(directory: string, usual: string): Promise<string> {
  const { stem, ending } = partsOf(usual);
  // a link whose stick is away (encryptRecords) is a name that is taken, although nothing is there; FAT knows no case
  const taken = new Set((await namesIn(directory)).map((name) => name.toLowerCase()));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? usual : `${stem}-${number}${ending}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

/**
 * Puts a tarball in its place once it was read back from the medium.
 * @throws ReconError `verify-failed` when the medium gave back something else than was written
 */
export async function placeTarball({ temporary, path, written, sync }: PlaceInput): Promise<void> {
  await (sync ?? (() => syncPath(temporary)))();
  const found = await hashOnMedium(temporary);
  if (found.sha256 !== written.sha256) {
    throw new ReconError('verify-failed', `${path}: read back with sha256 ${found.sha256}, written with ${written.sha256}`, {
      hint: 'The stick may be failing. Use another one.',
    });
  }
  await movePath(temporary, path);
  await (sync ?? (() => syncPath(dirname(path))))();
}

interface RemoveInput {
  /** the new one */
  name: string;
  /** names of earlier ones of the same visit; those of other visits stay */
  earlier: readonly string[];
  sync: PlaceInput['sync'];
}

/**
 * Removes the earlier tarballs of a visit once the new one is in its place. Each first loses its name: what a yank leaves of a file that is
 * being removed must not look like a tarball.
 */
export async function removeEarlier(directory: string, { name: kept, earlier, sync }: RemoveInput): Promise<void> {
  const gone = (await namesIn(directory)).filter((name) => name !== kept && earlier.includes(name));
  for (const name of gone) await movePath(join(directory, name), join(directory, hiddenName(name)));
  if (gone.length > 0) await sync?.();
  for (const name of gone) await removePath(join(directory, hiddenName(name)));
}

/** The usual name of one without raw captures: it never takes the place of one with them. */
export function withoutCapturesName(usual: string): string {
  const { stem, ending } = partsOf(usual);
  return `${stem}-without-captures${ending}`;
}

/** Whether a tarball's name says that it has no raw captures. */
export function isWithoutCapturesName(name: string): boolean {
  return /-without-captures(-\d+)?\.tar\.gz(\.age)?$/.test(name);
}

/** The name of a tarball that is not whole yet, or not any more. */
export function hiddenName(name: string): string {
  return `.${name}.part`;
}

function partsOf(usual: string): { stem: string; ending: string } {
  const ending = /\.tar\.gz(\.age)?$/.exec(usual)?.[0] ?? '';
  return { stem: usual.slice(0, usual.length - ending.length), ending };
}
