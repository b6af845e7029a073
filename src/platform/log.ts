import { terminalText } from '../domain/values/terminal-text.ts';

/** Where lines for people and for the journal go. Made once, in main.ts or service.ts, and handed down. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  debug(message: string): void;
}

/** A log on standard error. `debug` lines only when asked for. `beforeLine` is called before each: a line of progress goes out of its way. */
export function stderrLog(options: { debug: boolean; beforeLine?: () => void }): Log {
  const write = (line: string): void => {
    options.beforeLine?.();
    process.stderr.write(terminalText(`${line}\n`));
  };
  return {
    info: write,
    warn: (message) => write(`warning: ${message}`),
    debug: (message) => {
      if (options.debug) write(`debug: ${message}`);
    },
  };
}

/** A log that says nothing; for tests. */
export const silentLog: Log = { info: () => {}, warn: () => {}, debug: () => {} };
