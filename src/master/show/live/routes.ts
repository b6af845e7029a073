import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PATHS } from '../../../domain/api.ts';
import { liveReaders } from './readers.ts';
import { type LiveSources, liveState } from './state.ts';

export interface LiveDeps extends LiveSources {
  now: () => Date;
  /** how long a page may take nothing of what it was sent, in milliseconds; 30 seconds when missing */
  patienceMs?: number;
}

/** Changes as server-sent events (HTML standard, 9.2), and the same for who asks now and then. */
export function liveRoutes(app: FastifyInstance, { now, patienceMs, ...sources }: LiveDeps): void {
  const state = liveState(sources);
  const readers = liveReaders({ state, now, patienceMs });

  app.get(PATHS.changes, async (request, reply) => {
    state.refresh();
    const next = state.feed.after(sinceOf(request));
    if (next === undefined) return reply.code(204).header('cache-control', 'no-store').send();
    return reply.type('application/json').header('cache-control', 'no-store').send(next.text);
  });

  app.get(PATHS.live, (request, reply) => {
    readers.requireRoomFor(request.ip);
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    const lastId = request.headers['last-event-id'];
    readers.add({ response: reply.raw, address: request.ip, id: typeof lastId === 'string' ? lastId : sinceOf(request) });
  });

  app.addHook('preClose', async () => readers.endAll());
}

function sinceOf({ query }: FastifyRequest): string | undefined {
  const since = typeof query === 'object' && query !== null && 'since' in query ? query.since : undefined;
  return typeof since === 'string' ? since : undefined;
}
