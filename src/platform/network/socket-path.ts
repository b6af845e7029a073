import { chmod, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { ReconError } from '../../domain/errors.ts';
import { makeDirectory } from '../files/directories.ts';

/**
 * Makes a path free for a Unix socket of ours: its directory is there, and what an earlier run left is gone.
 * @throws ReconError `busy` when somebody listens there
 */
export async function freeSocketPath(path: string): Promise<void> {
  await makeDirectory(dirname(path));
  if (await isListening(path))
    throw new ReconError('busy', `another head listens on ${path} already`, { hint: 'End it, or name another --socket.' });
  await rm(path, { force: true });
}

/** Only its owner, and root, may open it. Connecting needs the right to write (unix(7)). */
export async function closeToOthers(path: string): Promise<void> {
  await chmod(path, 0o600);
}

/** Whether a Unix socket has somebody behind it. */
export async function isListening(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    return await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
  } finally {
    socket.destroy();
  }
}
