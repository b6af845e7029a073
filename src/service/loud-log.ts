import type { Log } from '../platform/log.ts';
import { wrapLines } from './wrap-lines.ts';

/** A log that people see on every screen of the machine, and the journal too. */
export function loudLog(quiet: Log, write: (text: string) => void): Log {
  const show = (message: string): void => write(`${wrapLines(message).join('\n')}\n`);
  return {
    info: (message) => {
      quiet.info(message);
      show(message);
    },
    warn: (message) => {
      quiet.warn(message);
      show(message);
    },
    debug: (message) => quiet.debug(message),
  };
}
