import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { errorFromData, errorToData } from './error-data.ts';
import type { ThreadHears, ThreadSays } from './thread.ts';

/** Asks whoever started the thread, by the name of the call. @throws what the call throws there */
export type CallBack = (name: string, ...args: unknown[]) => Promise<unknown>;

/** What this thread was started for (thread.ts); undefined in the program itself. */
export function threadWork(): string | undefined {
  return isMainThread ? undefined : (workerData as { work: string } | null)?.work;
}

/** Does that work, and gives its outcome. */
export async function doThreadWork(work: (input: never, call: CallBack) => Promise<unknown>): Promise<void> {
  const say = (said: ThreadSays): void => parentPort?.postMessage(said);
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  parentPort?.on('message', (heard: ThreadHears) => {
    const asked = waiting.get(heard.call);
    waiting.delete(heard.call);
    if ('failure' in heard) asked?.reject(errorFromData(heard.failure));
    else asked?.resolve(heard.value);
  });
  let calls = 0;
  const call: CallBack = async (name, ...args) => {
    calls += 1;
    const asked = Promise.withResolvers<unknown>();
    waiting.set(calls, asked);
    say({ call: calls, name, args });
    return asked.promise;
  };
  try {
    say({ result: await work((workerData as { input: never }).input, call) });
  } catch (error) {
    say({ failure: errorToData(error) });
  }
}
