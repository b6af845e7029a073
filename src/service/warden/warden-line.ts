import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { errorCode } from '../../platform/files/files.ts';
import { connectLines, type LineSocket } from '../../platform/network/line-socket.ts';
import { type UnitMessage, WardenMessage } from './message.ts';

const RETRY_MS = 200;

/** The connection to a warden: words with their answers, and what a unit says in between. */
export interface WardenLine<R extends Readonly<Record<string, z.ZodType>>> {
  /** @throws ReconError `command-failed` in the warden's words; `infrastructure` when it has gone */
  ask<W extends keyof R & string>(word: W): Promise<z.infer<R[W]>>;
  /** aborted when the warden has gone: nothing works without it */
  gone: AbortSignal;
  leave(): void;
  /** who is told what the unit says; the latest one only */
  onUnit: (message: UnitMessage) => void;
}

/**
 * Connects to a warden; waits for it while it starts. `results`: what each word is answered with.
 * @throws the system's error when `signal` is aborted before
 */
export async function openWardenLine<R extends Readonly<Record<string, z.ZodType>>>(
  path: string,
  results: R,
  signal: AbortSignal,
): Promise<WardenLine<R>> {
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  const take = (text: string): void => {
    const message = WardenMessage.parse(JSON.parse(text));
    if (!('id' in message)) {
      line.onUnit(message);
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if ('failed' in message) asked?.reject(new ReconError('command-failed', message.failed, definedOnly({ hint: message.hint })));
    else asked?.resolve(message.result);
  };
  const socket = await connectPatiently(path, take, signal);
  const gone = new AbortController();
  void socket.closed.then(() => {
    for (const { reject } of waiting.values()) reject(wardenGone());
    waiting.clear();
    gone.abort();
  });
  let id = 0;
  const ask: WardenLine<R>['ask'] = async (word) => {
    if (gone.signal.aborted) throw wardenGone();
    id += 1;
    const answer = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
    socket.send(JSON.stringify({ id, word }));
    // the schema of a word is that of its result
    return results[word]?.parse(await answer) as z.infer<R[typeof word]>;
  };
  const line: WardenLine<R> = { ask, gone: gone.signal, leave: socket.close, onUnit: () => {} };
  return line;
}

function wardenGone(): ReconError {
  return new ReconError('infrastructure', 'the part of this program that is root is not there', { hint: 'systemctl status recon' });
}

async function connectPatiently(path: string, onLine: (line: string) => void, signal: AbortSignal): Promise<LineSocket> {
  for (;;) {
    try {
      return await connectLines(path, onLine);
    } catch (error) {
      if (!['ENOENT', 'ECONNREFUSED', 'EACCES'].includes(errorCode(error) ?? '') || signal.aborted) throw error;
    }
    await delay(RETRY_MS, undefined, { signal }).catch(() => {});
  }
}
