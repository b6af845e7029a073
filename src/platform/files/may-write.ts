import { access, constants } from 'node:fs/promises';

/** Whether this process may write to a path, by its owner and mode and by how it is mounted; false when it is not there. */
export async function mayWrite(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  );
}
