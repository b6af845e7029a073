import { constants } from 'node:os';
import { endRunningChildren } from './running-children.ts';

export interface Interruption {
  /** the signal that asked the process to end, if one did */
  readonly by: NodeJS.Signals | undefined;
  /** the exit code of who was ended by it: 128 and the number of the signal, as shells have it */
  readonly exitCode: number | undefined;
  /** for who ends in order, or must not be ended: from now on only this signal is aborted */
  take(): AbortSignal;
  /** for who is about to work without a pause, and has nothing to clean up: from now on a signal ends the process at once, as it does by itself, until what this gives is called */
  letGo(): () => void;
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** To take down namespaces, mounts and half files after the programs that used them. */
const UNWIND_MS = 20_000;

/**
 * What Ctrl-C and `kill` do. Who took the signal is told and ends by itself. All others lose the programs that they wait for, fail, and so clean up as
 * after any failure; one without such programs ends at once, and so does everybody at the second time.
 */
export function onInterruption(): Interruption {
  const stopping = new AbortController();
  let isTaken = false;
  let by: NodeJS.Signals | undefined;
  const exitCode = (): number | undefined => (by === undefined ? undefined : 128 + constants.signals[by]);
  const stop = (signal: NodeJS.Signals): void => {
    const isFirst = by === undefined;
    by = signal;
    if (isTaken) {
      stopping.abort(signal);
      return;
    }
    if (!isFirst || endRunningChildren() === 0) process.exit(exitCode());
    setTimeout(() => process.exit(exitCode()), UNWIND_MS).unref();
  };
  // `on`, not `once`: when the last listener goes, a library's clean-up would end the process in the middle of sealing
  const listen = (): void => {
    for (const signal of SIGNALS) process.on(signal, stop);
  };
  listen();
  return {
    // while JavaScript or SQLite runs no listener is called: only a process without one is ended then
    letGo: () => {
      for (const signal of SIGNALS) process.off(signal, stop);
      return listen;
    },
    get by() {
      return by;
    },
    get exitCode() {
      return exitCode();
    },
    take: () => {
      isTaken = true;
      return stopping.signal;
    },
  };
}
