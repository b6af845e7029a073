import { chown } from 'node:fs/promises';
import { errorCode } from './files.ts';

/** Gives files or devices to a user, and to the group of the same number, as login(1) does with a terminal. What is not there is left out. */
export async function giveToUser(userId: number, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await chown(path, userId, userId).catch((error: unknown) => {
      if (errorCode(error) !== 'ENOENT') throw error;
    });
  }
}
