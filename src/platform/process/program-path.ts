import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * False when no directory of the search path holds such a program. To look is a hundred times cheaper than to start a process that then finds
 * nothing, and a capture asks for dozens of tools that a machine does not have. A name with a slash is taken as it is.
 */
export async function mayBeInstalled(program: string, searchPath: string | undefined): Promise<boolean> {
  if (program.includes('/') || searchPath === undefined) return true;
  for (const directory of searchPath.split(':')) {
    const isThere = await access(join(directory, program), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return true;
  }
  return false;
}
