import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A client that is slow to notice our answer may send this much more. */
const MOST_BYTES = 64 * 1024 * 1024;
const LONGEST_MS = 10_000;
const CHECK_MS = 250;

/**
 * Lingering close: after an answer, what is left of the request's body is read and thrown away, because a client that is still sending would
 * not see the answer otherwise. But not for ever: then the connection is closed.
 */
export function lingeringClose(app: FastifyInstance): void {
  app.addHook('onResponse', async ({ raw }: FastifyRequest) => {
    const isOver = (): boolean => raw.complete || raw.readableEnded || raw.destroyed;
    if (isOver()) return;
    const mostRead = raw.socket.bytesRead + MOST_BYTES;
    const untilMs = performance.now() + LONGEST_MS;
    const timer = setInterval(() => {
      if (!isOver() && raw.socket.bytesRead <= mostRead && performance.now() <= untilMs) return;
      clearInterval(timer);
      // takes the connection with it
      if (!isOver()) raw.destroy();
    }, CHECK_MS);
    timer.unref();
    raw.resume();
  });
}
