import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

/** Every program that this process starts, as long as it runs. */
export function noteRunningChild(child: ChildProcess): void {
  if (child.pid === undefined) return;
  running.add(child);
  child.once('exit', () => running.delete(child));
}

/** Asks all that run now to end; gives their number. */
export function endRunningChildren(): number {
  for (const child of running) child.kill('SIGTERM');
  return running.size;
}
