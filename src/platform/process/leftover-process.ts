import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { readOrUndefined } from '../files/files.ts';

/**
 * Ends a child that an earlier run of ours left behind when it was killed. The number in the pid file may belong to another
 * process by now, so one word of its command line must be `argument`.
 */
export async function endLeftover(pidFile: string, argument: string): Promise<void> {
  const pid = Number((await readOrUndefined(pidFile))?.toString('utf8'));
  if (!Number.isInteger(pid) || pid <= 1) return;
  for (const signal of ['SIGTERM', 'SIGTERM', 'SIGKILL', 'SIGKILL'] as const) {
    if (!(await isRunning(pid, argument))) return;
    process.kill(pid, signal);
    await delay(100);
  }
}

async function isRunning(pid: number, argument: string): Promise<boolean> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return commandLine.split('\0').includes(argument);
}
