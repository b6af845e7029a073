import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** A log file of somebody else's output, line by line. */
export interface TextLog {
  line(text: string): void;
  /** waits until all lines are in the file */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a new log; an earlier one of that name is replaced. */
export async function openTextLog(path: string): Promise<TextLog> {
  const stream = createWriteStream(path, { mode: 0o644 });
  await new Promise<void>((resolve, reject) => {
    stream.once('open', () => resolve());
    // it goes on listening: a full disk shows in the work that is logged, and the log must not end that
    stream.once('error', reject);
  });
  return {
    line: (text) => void stream.write(`${text}\n`),
    flush: () => new Promise((resolve) => void stream.write('', () => resolve())),
    close: async () => {
      stream.end();
      await finished(stream).catch(() => {});
    },
  };
}
