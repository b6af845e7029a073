import { chown, stat } from 'node:fs/promises';
import { errorCode } from './files.ts';

/** Gives files to whoever owns another path: what root wrote beside a service that is a user of its own must stay that user's. What is not there is left out. */
export async function giveToOwnerOf(path: string, files: readonly string[]): Promise<void> {
  const { uid, gid } = await stat(path);
  for (const file of files) {
    await chown(file, uid, gid).catch((error: unknown) => {
      if (errorCode(error) !== 'ENOENT') throw error;
    });
  }
}
