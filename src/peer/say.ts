import type { Log } from '../platform/log.ts';

/** Shows lines for people. */
export function say(log: Log, lines: readonly string[]): void {
  for (const line of lines) log.info(line);
}
