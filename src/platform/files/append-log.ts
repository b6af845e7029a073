import { appendFile, open } from 'node:fs/promises';
import type { z } from 'zod';
import { errorCode, syncPath } from './files.ts';

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

const NEWLINE = 0x0a;

/** Opens a log that writes at most once per `intervalMs`. Errors go to `onError` and the lines wait for the next try. */
export function openAppendLog(path: string, options: { intervalMs: number; onError: (error: unknown) => void }): AppendLog {
  let waiting: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let chain = Promise.resolve();
  /** a write that failed may have left half a line, which must not take the next one with it */
  let isTorn = false;
  let hasWritten = false;

  const write = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const lines = waiting;
    waiting = [];
    try {
      if (isTorn) await mendLastLine(path);
      await appendLines(path, lines);
      isTorn = false;
      hasWritten = true;
    } catch (error) {
      isTorn = true;
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
    await syncPath(path).catch((error: unknown) => {
      // a log in which nothing ever stood has no file, and nothing that could be lost
      if (hasWritten || waiting.length > 0 || errorCode(error) !== 'ENOENT') options.onError(error);
    });
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
  const file = await open(path, 'r+').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return;
  try {
    const { size } = await file.stat();
    if (size === 0) return;
    const { buffer: last } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    if (last[0] !== NEWLINE) await file.write('\n', size);
  } finally {
    await file.close();
  }
}

/** The lines of a JSON-lines file that the schema accepts; torn or foreign lines are left out. No file: nothing. */
export async function* eachJsonLine<T>(path: string, schema: z.ZodType<T>): AsyncGenerator<T> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return;
  // it closes the file at its end, and when it is left before
  for await (const line of file.readLines({ encoding: 'utf8' })) {
    const value = parseLine(line, schema);
    if (value !== undefined) yield value;
  }
}

/** All of {@link eachJsonLine}, for small files. */
export async function readJsonLines<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
  const parsed: T[] = [];
  for await (const value of eachJsonLine(path, schema)) parsed.push(value);
  return parsed;
}

function parseLine<T>(line: string, schema: z.ZodType<T>): T | undefined {
  if (line === '') return undefined;
  try {
    return schema.safeParse(JSON.parse(line)).data;
  } catch {
    // a torn line
    return undefined;
  }
}
