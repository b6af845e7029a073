import { terminalText } from '../domain/values/terminal-text.ts';

/** Says how far long work is. What is done within a second says nothing. */
export interface ProgressLine {
  at(sentence: string): void;
  /** the line is taken away: something else is about to be said */
  clear(): void;
}

interface ProgressOutput {
  write: (text: string) => unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
}

interface ProgressClock {
  /** never goes back */
  nowMs: () => number;
  /** calls later, gives what takes the call back */
  later: (ms: number, call: () => void) => () => void;
}

/** When the first line comes, and how far the others are apart. A terminal shows one line that changes; in a file or a journal each stays. */
const TERMINAL = { firstMs: 1000, apartMs: 200 };
const FILE = { firstMs: 30_000, apartMs: 30_000 };

/** Progress on a terminal or into a file. */
export function progressOn(output: ProgressOutput, { nowMs, later }: ProgressClock = ownClock()): ProgressLine {
  const isTerminal = output.isTTY === true;
  const { firstMs, apartMs } = isTerminal ? TERMINAL : FILE;
  let dueMs: number | undefined;
  let latest = '';
  let isShown = false;
  let forget: (() => void) | undefined;
  const show = (): void => {
    forget = undefined;
    dueMs = nowMs() + apartMs;
    const line = terminalText(latest).replaceAll(/\s+/g, ' ');
    output.write(isTerminal ? `\r${[...line].slice(0, (output.columns ?? 80) - 1).join('')}\u001b[K` : `${line}\n`);
    isShown = isTerminal;
  };
  return {
    at: (sentence) => {
      latest = sentence;
      const now = nowMs();
      dueMs ??= now + firstMs;
      if (forget !== undefined) return;
      if (now >= dueMs) show();
      // the last sentence before long work is shown, too
      else forget = later(dueMs - now, show);
    },
    clear: () => {
      forget?.();
      forget = undefined;
      if (isShown) output.write('\r\u001b[K');
      isShown = false;
    },
  };
}

/** A clock that keeps no program from ending. */
function ownClock(): ProgressClock {
  return {
    nowMs: () => performance.now(),
    later: (ms, call) => {
      const timer = setTimeout(call, ms).unref();
      return () => clearTimeout(timer);
    },
  };
}

const BAR_CELLS = 30;

/** `[###-----] 120 of 480`. */
export function progressBar(done: number, total: number): string {
  const full = total === 0 ? BAR_CELLS : Math.floor((Math.min(done, total) * BAR_CELLS) / total);
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_CELLS - full)}] ${done} of ${total}`;
}

/** Progress that nobody sees. */
export const silentProgress: ProgressLine = { at: () => {}, clear: () => {} };
