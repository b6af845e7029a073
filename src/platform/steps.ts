import type { Log } from './log.ts';

/** Progress of a long procedure: numbered steps with elapsed time. */
export interface Steps {
  /** Runs one step; says that it starts, how long it took, or after how long it failed. */
  step<T>(title: string, work: (say: (text: string) => void) => Promise<T>): Promise<T>;
  /** So many steps need not be taken. */
  skip(many: number): void;
  elapsed(): string;
}

export function startSteps(options: { log: Log; total: number }): Steps {
  const started = performance.now();
  let done = 0;
  return {
    elapsed: () => formatSeconds((performance.now() - started) / 1000),
    skip: (many) => {
      done += many;
    },
    step: async (title, work) => {
      done += 1;
      const label = `[${String(done).padStart(String(options.total).length)}/${options.total}]`;
      const at = performance.now();
      const stamp = (): string => formatSeconds((performance.now() - started) / 1000);
      options.log.info(`${label} ${stamp()}  ${title}`);
      try {
        const result = await work((text) => options.log.info(`${' '.repeat(label.length)} ${stamp()}    ${text}`));
        options.log.debug(`${title}: ${formatSeconds((performance.now() - at) / 1000)}`);
        return result;
      } catch (error) {
        options.log.warn(`${title}: failed after ${formatSeconds((performance.now() - at) / 1000)}`);
        throw error;
      }
    },
  };
}

/** `4:05`, minutes and seconds. */
export function formatSeconds(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
