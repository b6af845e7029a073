import type { FileProcess } from './file-processes.ts';

export interface WatchedFile extends FileProcess {
  sinceMs: number;
}

/**
 * Notes since when each file runs; what is over stays, by which what it left behind is named. A number that another file has now is that file's: the kernel
 * gives numbers of processes again after 32,768, which a run comes round.
 */
export function noteRunning(watched: Map<number, WatchedFile>, running: readonly FileProcess[], nowMs: number): WatchedFile[] {
  return running.map((one) => {
    const known = watched.get(one.pid);
    const now = known?.file === one.file ? known : { ...one, sinceMs: nowMs };
    watched.set(one.pid, now);
    return now;
  });
}
