import { Worker } from 'node:worker_threads';
import { type ErrorData, errorFromData, errorToData } from './error-data.ts';

export interface ThreadWork {
  /** file of the program; it looks for its work itself (thread-work.ts) */
  program: string;
  /** what is to be done, by a name that the program knows */
  work: string;
  /** plain data and keys (structured clone, HTML standard) */
  input: unknown;
  /** what the thread may ask for meanwhile, each answered with plain data */
  calls: Readonly<Record<string, (...args: never[]) => unknown>>;
}

/** The thread did not start, or ended without an answer: nothing is said about its work. */
export class ThreadLost extends Error {
  override readonly name = 'ThreadLost';
}

/** What a thread says to whoever started it. */
export type ThreadSays = { call: number; name: string; args: unknown[] } | { result: unknown } | { failure: ErrorData };
/** The answer to a call. */
export type ThreadHears = { call: number; value: unknown } | { call: number; failure: ErrorData };

/**
 * Has work done in a thread, which ends with it and gives its memory back.
 * @throws what the work throws (a ReconError as one, with codes and causes), and {@link ThreadLost}
 */
export async function inThread({ program, work, input, calls }: ThreadWork): Promise<unknown> {
  let thread: Worker | undefined;
  try {
    return await new Promise<unknown>((resolve, reject) => {
      const lost = (cause: unknown): void => reject(new ThreadLost(`the thread for ${work} was lost`, { cause }));
      try {
        thread = new Worker(program, { workerData: { work, input } });
      } catch (error) {
        // there is no room for one more, or something in the input is no data
        return lost(error);
      }
      const started = thread;
      thread.on('message', (said: ThreadSays) => {
        if ('result' in said) resolve(said.result);
        else if ('failure' in said) reject(errorFromData(said.failure));
        else
          answer(calls, said)
            .then((heard) => started.postMessage(heard))
            .catch(lost);
      });
      thread.on('error', lost).on('messageerror', lost);
      thread.on('exit', (code) => lost(new Error(`it ended with ${code}`)));
    });
  } finally {
    // before anybody does its work again: two would write the same files
    await thread?.terminate();
  }
}

async function answer(calls: ThreadWork['calls'], { call, name, args }: Extract<ThreadSays, { call: number }>): Promise<ThreadHears> {
  try {
    return { call, value: await calls[name]?.(...(args as never[])) };
  } catch (error) {
    return { call, failure: errorToData(error) };
  }
}
