import { readFileSync } from 'node:fs';

/**
 * How long the first thread of a process stood in line for a processor: the second number of `/proc/<pid>/schedstat`, nanoseconds.
 * Wall time without it is the same on a busy machine and on a quiet one. Zero for a process that is gone, or a kernel that does not count.
 */
export function queuedMs(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}
