import { randomBytes } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';

/** A process that has ended may leave its output open to processes that it started; what they say later nobody waits for. */
const LAST_WORDS_MS = 500;

/** All processes that a command starts have this in their environment, also those that its end leaves behind with another parent. */
export type FamilyEnvironment = Readonly<Record<'RECON_FAMILY', string>>;

/** The part of the environment that tells a command's processes from all others. */
export function familyEnvironment(): FamilyEnvironment {
  return { RECON_FAMILY: randomBytes(12).toString('hex') };
}

/** Kills whoever is left of a command that took too long. */
export async function endFamily(environment: FamilyEnvironment): Promise<void> {
  const mark = `RECON_FAMILY=${environment.RECON_FAMILY}`;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const own = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
    if (!own.split('\0').includes(mark)) continue;
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // it ended by itself meanwhile
    }
  }
}

interface Output {
  destroy(): unknown;
}

/**
 * Closes the output of a process soon after its end, so that no grandchild that holds it open, silent or not, keeps us waiting. What the process
 * itself said is in the pipe by then, and one look takes all that a pipe holds.
 */
export function closeAfterExit(child: Pick<EventEmitter, 'once'>, outputs: readonly Output[]): void {
  // behind the next look at the pipe, also when we were busy for longer than the timer
  const close = (): void => {
    for (const output of outputs) output.destroy();
  };
  child.once('exit', () => void setTimeout(() => setImmediate(() => setImmediate(close)), LAST_WORDS_MS).unref());
}
