import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PATHS } from '../../../domain/api.ts';
import { ReconError } from '../../../domain/errors.ts';
import { type LiveSources, liveState } from './state.ts';

export interface LiveDeps extends LiveSources {
  now: () => Date;
  /** how long a page may take nothing of what it was sent, in milliseconds; 30 seconds when missing */
  patienceMs?: number;
}

const MOST_READERS = 50;
/** A browser opens one per tab; nobody needs more, and one machine must not take all. */
const MOST_READERS_PER_ADDRESS = 8;
/** A reader that takes nothing for so long is let go; it comes back when it can, and gets what changed. */
const PATIENCE_MS = 30_000;
/** A page that hears nothing for longer believes that the master is gone. */
const BEAT_MS = 10_000;

interface Reader {
  response: ServerResponse;
  address: string;
  /** where it stands in the list */
  id: string | undefined;
  /** since when it has not taken what it was sent */
  fullSinceMs: number | undefined;
  writtenMs: number;
}

/** Changes as server-sent events (HTML standard, 9.2), and the same for who asks now and then. */
export function liveRoutes(app: FastifyInstance, { now, patienceMs = PATIENCE_MS, ...sources }: LiveDeps): void {
  const { feed, refresh, tickMs } = liveState(sources);
  const readers = new Set<Reader>();
  let timer: NodeJS.Timeout | undefined;

  app.get(PATHS.changes, async (request, reply) => {
    refresh();
    const next = feed.after(sinceOf(request));
    if (next === undefined) return reply.code(204).header('cache-control', 'no-store').send();
    return reply.type('application/json').header('cache-control', 'no-store').send(next.text);
  });

  app.get(PATHS.live, (request, reply) => {
    const sameAddress = [...readers].filter((reader) => reader.address === request.ip).length;
    if (readers.size >= MOST_READERS || sameAddress >= MOST_READERS_PER_ADDRESS) {
      throw new ReconError('busy', 'too many pages are open', { hint: 'The page asks every few seconds instead.' });
    }
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    const lastId = request.headers['last-event-id'];
    const id = typeof lastId === 'string' ? lastId : sinceOf(request);
    const reader: Reader = { response: reply.raw, address: request.ip, id, fullSinceMs: undefined, writtenMs: performance.now() };
    reply.raw.on('drain', () => {
      reader.fullSinceMs = undefined;
      serve(reader);
    });
    reply.raw.once('close', () => leave(reader));
    readers.add(reader);
    timer ??= setInterval(tick, tickMs).unref();
    refresh();
    serve(reader);
  });

  app.addHook('preClose', async () => {
    for (const reader of [...readers]) {
      reader.response.end();
      leave(reader);
    }
  });

  function tick(): void {
    refresh();
    for (const reader of [...readers]) serve(reader);
  }

  function serve(reader: Reader): void {
    const nowMs = performance.now();
    if (reader.fullSinceMs !== undefined) {
      if (nowMs - reader.fullSinceMs > patienceMs) reader.response.destroy();
      return;
    }
    for (let next = feed.after(reader.id); next !== undefined; next = feed.after(reader.id)) {
      reader.id = next.id;
      reader.writtenMs = nowMs;
      if (!reader.response.write(`id: ${next.id}\ndata: ${next.text}\n\n`)) {
        reader.fullSinceMs = nowMs;
        return;
      }
    }
    if (nowMs - reader.writtenMs < BEAT_MS) return;
    reader.writtenMs = nowMs;
    reader.response.write(`event: beat\ndata: ${now().toISOString()}\n\n`);
  }

  function leave(reader: Reader): void {
    readers.delete(reader);
    if (readers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }
}

function sinceOf({ query }: FastifyRequest): string | undefined {
  const since = typeof query === 'object' && query !== null && 'since' in query ? query.since : undefined;
  return typeof since === 'string' ? since : undefined;
}
