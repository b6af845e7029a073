import { ReconError } from '../../domain/errors.ts';
import { messageOf } from '../../domain/values/message-of.ts';
import { makeDirectory } from '../../platform/files/directories.ts';

/**
 * Makes a directory of the master where there is none.
 * @throws ReconError `not-writable`
 */
export async function usableDirectory(path: string): Promise<void> {
  try {
    await makeDirectory(path);
  } catch (cause) {
    throw new ReconError('not-writable', `${path} cannot be made: ${messageOf(cause)}`, { cause });
  }
}
