import { appendFile, open } from 'node:fs/promises';
import type { z } from 'zod';
import { readOrUndefined, syncPath } from './files.ts';

/** A file of lines that is written behind our back, so that many small events cost few writes to a slow stick. */
export interface AppendLog {
  append(line: string): void;
  /** writes what waits; resolves also when the write failed */
  flush(): Promise<void>;
  /** flush, and fsync */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** At most this many lines wait in memory while the medium is full or gone; older ones are dropped. */
const MAX_WAITING_LINES = 10_000;

/** Opens a log that writes at most once per `intervalMs`. Errors go to `onError` and the lines wait for the next try. */
export function openAppendLog(path: string, options: { intervalMs: number; onError: (error: unknown) => void }): AppendLog {
  let waiting: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let chain = Promise.resolve();

  const write = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const lines = waiting;
    waiting = [];
    try {
      await appendLines(path, lines);
    } catch (error) {
      waiting = [...lines, ...waiting].slice(-MAX_WAITING_LINES);
      options.onError(error);
    }
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    chain = chain.then(write);
    return chain;
  };
  const sync = async (): Promise<void> => {
    await flush();
    await syncPath(path).catch(options.onError);
  };
  return {
    append: (line) => {
      waiting.push(line);
      timer ??= setTimeout(() => void flush(), options.intervalMs);
    },
    flush,
    sync,
    close: sync,
  };
}

/** Appends lines at once. */
export async function appendLines(path: string, lines: readonly string[]): Promise<void> {
  await appendFile(path, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 });
}

/** Ends a torn last line (power was lost in the middle of it), so that the next line stands alone. */
export async function mendLastLine(path: string): Promise<void> {
  const content = await readOrUndefined(path);
  if (content === undefined || content.length === 0 || content.at(-1) === 0x0a) return;
  const file = await open(path, 'a');
  try {
    await file.write('\n');
  } finally {
    await file.close();
  }
}

/** The lines of a JSON-lines file that the schema accepts; torn or foreign lines are left out. */
export async function readJsonLines<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
  const content = await readOrUndefined(path);
  const parsed: T[] = [];
  for (const line of content?.toString('utf8').split('\n') ?? []) {
    if (line === '') continue;
    try {
      const result = schema.safeParse(JSON.parse(line));
      if (result.success) parsed.push(result.data);
    } catch {
      // a torn line
    }
  }
  return parsed;
}
