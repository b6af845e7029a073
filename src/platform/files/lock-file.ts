import { open, rm, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { errorCode } from './files.ts';

const ASK_AGAIN_MS = 20;
/** Whoever holds it for longer was killed: what is done under it takes milliseconds. */
const LEFT_BEHIND_MS = 10_000;

/** Runs work while no other process does so under the same lock, a file that is there meanwhile. */
export async function withLockFile<T>(path: string, work: () => Promise<T>): Promise<T> {
  let [seen, asked] = [Number.NaN, 0];
  while (!(await isMade(path))) {
    const facts = await stat(path).catch(() => undefined);
    // its time means nothing once the clock was set back: the same one for so many questions is as old
    asked = facts !== undefined && facts.mtimeMs === seen ? asked + 1 : 0;
    seen = facts?.mtimeMs ?? Number.NaN;
    const isOld = facts !== undefined && (Date.now() - facts.mtimeMs > LEFT_BEHIND_MS || asked > LEFT_BEHIND_MS / ASK_AGAIN_MS);
    if (isOld) await rm(path, { force: true });
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
