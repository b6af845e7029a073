import { open, rm, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { errorCode } from './files.ts';

const ASK_AGAIN_MS = 20;
/** Whoever holds it for longer was killed: what is done under it takes milliseconds. */
const LEFT_BEHIND_MS = 10_000;

/** Runs work while no other process does so under the same lock, a file that is there meanwhile. */
export async function withLockFile<T>(path: string, work: () => Promise<T>): Promise<T> {
  while (!(await isMade(path))) {
    const facts = await stat(path).catch(() => undefined);
    if (facts !== undefined && Date.now() - facts.mtimeMs > LEFT_BEHIND_MS) await rm(path, { force: true });
    else await wait(ASK_AGAIN_MS);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function isMade(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    return false;
  }
}
