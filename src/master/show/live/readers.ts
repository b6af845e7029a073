import type { ServerResponse } from 'node:http';
import { ReconError } from '../../../domain/errors.ts';
import type { LiveState } from './state.ts';

const MOST_READERS = 50;
/** A browser opens one per tab; nobody needs more, and one machine must not take all. */
const MOST_READERS_PER_ADDRESS = 8;
/** A reader that takes nothing for so long is let go; it comes back when it can, and gets what changed. */
const PATIENCE_MS = 30_000;
/** A page that hears nothing for longer believes that the master is gone. */
const BEAT_MS = 10_000;

/** Who begins to read: where it comes from, and where it stands in the list. */
interface NewReader {
  response: Pick<ServerResponse, 'write' | 'end' | 'destroy' | 'on' | 'once'>;
  address: string;
  id: string | undefined;
}

interface Reader extends NewReader {
  /** since when it has not taken what it was sent */
  fullSinceMs: number | undefined;
  writtenMs: number;
}

/** The pages that are told of each change; while there are none, nothing is done. */
export interface LiveReaders {
  /** @throws ReconError `busy` */
  requireRoomFor(address: string): void;
  add(reader: NewReader): void;
  endAll(): void;
}

interface LiveReadersInput {
  state: LiveState;
  now: () => Date;
  patienceMs: number | undefined;
  /** a clock that never goes back */
  nowMs?: () => number;
}

export function liveReaders({ state, now, patienceMs = PATIENCE_MS, nowMs = () => performance.now() }: LiveReadersInput): LiveReaders {
  const readers = new Set<Reader>();
  let timer: NodeJS.Timeout | undefined;
  const serve = (reader: Reader): void => {
    const atMs = nowMs();
    if (reader.fullSinceMs === undefined) writeChanges(reader, state, atMs, now);
    else if (atMs - reader.fullSinceMs > patienceMs) reader.response.destroy();
  };
  const tick = (): void => {
    state.refresh();
    for (const reader of [...readers]) serve(reader);
  };
  const leave = (reader: Reader): void => {
    readers.delete(reader);
    if (readers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
  return {
    requireRoomFor: (address) => {
      const sameAddress = [...readers].filter((reader) => reader.address === address).length;
      if (readers.size < MOST_READERS && sameAddress < MOST_READERS_PER_ADDRESS) return;
      throw new ReconError('busy', 'too many pages are open', { hint: 'The page asks every few seconds instead.' });
    },
    add: (newcomer) => {
      const reader: Reader = { ...newcomer, fullSinceMs: undefined, writtenMs: nowMs() };
      reader.response.on('drain', () => {
        reader.fullSinceMs = undefined;
        serve(reader);
      });
      reader.response.once('close', () => leave(reader));
      readers.add(reader);
      timer ??= setInterval(tick, state.tickMs).unref();
      state.refresh();
      serve(reader);
    },
    endAll: () => {
      for (const reader of [...readers]) {
        reader.response.end();
        leave(reader);
      }
    },
  };
}

/** All that the reader does not have yet, as long as it takes it; and a sign of life when there was nothing for a while. */
function writeChanges(reader: Reader, { feed }: LiveState, atMs: number, now: () => Date): void {
  for (let next = feed.after(reader.id); next !== undefined; next = feed.after(reader.id)) {
    reader.id = next.id;
    reader.writtenMs = atMs;
    if (!reader.response.write(`id: ${next.id}\ndata: ${next.text}\n\n`)) {
      reader.fullSinceMs = atMs;
      return;
    }
  }
  if (atMs - reader.writtenMs < BEAT_MS) return;
  reader.writtenMs = atMs;
  reader.response.write(`event: beat\ndata: ${now().toISOString()}\n\n`);
}
