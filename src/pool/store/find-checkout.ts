import type { Stats } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A git work tree that a folder lies in. */
export interface Checkout {
  /** where its `.git` is, without symbolic links */
  top: string;
  /** nobody but root and we ourselves could have written what its configuration makes git run */
  isTrusted: boolean;
}

/** Looks upwards for `.git`, by a few questions to the file system and no process. etckeeper's `/etc` is none: it commits by itself, as root. */
export async function findCheckout(folder: string, userId = process.getuid?.()): Promise<Checkout | undefined> {
  for (let top = await realpath(folder); ; top = dirname(top)) {
    const found = await factsOf(join(top, '.git'));
    if (found !== undefined) {
      if ((await factsOf(join(top, '.etckeeper'))) !== undefined) return undefined;
      const owners = [found.uid, (await factsOf(top))?.uid];
      // a file names a repository elsewhere, whose owner is not looked up
      return { top, isTrusted: found.isDirectory() && owners.every((uid) => uid === 0 || uid === userId) };
    }
    if (top === dirname(top)) return undefined;
  }
}

async function factsOf(path: string): Promise<Stats | undefined> {
  return lstat(path).catch(() => undefined);
}
