import { readConsoleLines } from '../../platform/machine/console-lines.ts';

/** Answers of whoever sits at one of the consoles. */
export interface TypedLines extends Disposable {
  /** The next line that is typed, without blanks at its ends; what was typed before the question is no answer. Undefined after `signal`. */
  next(): Promise<string | undefined>;
}

/** Listens to consoles and serial ports until it is disposed or `signal` comes. */
export function typedLines(paths: readonly string[], signal: AbortSignal): TypedLines {
  let answer: ((line: string | undefined) => void) | undefined;
  const wait = (resolve: typeof answer): void => {
    answer = resolve;
  };
  const give = (line: string | undefined): void => {
    const waiting = answer;
    answer = undefined;
    waiting?.(line);
  };
  // a console sends CR and LF, and Enter alone says nothing
  const stop = readConsoleLines(paths, (line) => line !== '' && give(line));
  const end = (): void => give(undefined);
  signal.addEventListener('abort', end);
  return {
    next: () => (signal.aborted ? Promise.resolve(undefined) : new Promise((resolve) => wait(resolve))),
    [Symbol.dispose]: () => {
      signal.removeEventListener('abort', end);
      stop();
    },
  };
}
