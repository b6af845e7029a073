import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReconError } from '../../domain/errors.ts';
import type { EventHub } from './parts/event-hub.ts';

const MOST_READERS = 200;
const MOST_OF_ONE = 20;
const BEAT_MS = 15_000;
/** Who takes nothing of what it was sent is gone. */
const MOST_WAITING_BYTES = 256 * 1024;

export interface EventReaders {
  add(request: FastifyRequest, reply: FastifyReply, mayStay: () => Promise<boolean>): void;
  endAll(): void;
}

/** Server-sent events (HTML standard, 9.2) about the pool, bounded for everybody and for one address. */
export function eventReaders(events: EventHub): EventReaders {
  const readers = new Map<() => void, string>();
  return {
    add: (request, reply, mayStay) => {
      const address = request.ip;
      if (readers.size >= MOST_READERS || [...readers.values()].filter((one) => one === address).length >= MOST_OF_ONE)
        throw new ReconError('busy', 'too many read the events already', { hint: 'Close other pages.' });
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
      const send = (text: string): void => {
        if (raw.writableLength > MOST_WAITING_BYTES) end();
        else raw.write(text);
      };
      const unsubscribe = events.subscribe(({ event, ...data }) => send(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
      // an event and no comment: a browser tells its page of events only. A session that is over, or a token that was revoked, hears no more
      const beat = setInterval(() => void mayStay().then((may) => (may ? send('event: beat\ndata: {}\n\n') : end())), BEAT_MS);
      const end = (): void => {
        clearInterval(beat);
        unsubscribe();
        readers.delete(end);
        raw.end();
      };
      readers.set(end, address);
      raw.once('close', end);
      send('event: hello\ndata: {}\n\n');
    },
    endAll: () => {
      for (const end of [...readers.keys()]) end();
    },
  };
}
