import type { FastifyInstance } from 'fastify';

/** Browsers, boot loaders and our own programs wait for an answer before they ask again on the same connection. */
const MOST_AT_ONCE = 4;

/**
 * Hangs up on who asks and asks on one connection without reading (pipelining, RFC 9112, section 9.3.2): each answer that waits for its turn may hold a file
 * open and a piece of it in memory, and a thousand of them fit into one packet.
 */
export function capPipelining(app: FastifyInstance): void {
  const underWay = new WeakMap<object, number>();
  // first, and not async: what stands behind in the same packet is read before anything else runs
  app.addHook('onRequest', (request, reply, done) => {
    const { socket } = request.raw;
    const change = (by: number): number => {
      const count = (underWay.get(socket) ?? 0) + by;
      underWay.set(socket, count);
      return count;
    };
    const count = change(1);
    reply.raw.once('close', () => change(-1));
    if (count > MOST_AT_ONCE) {
      socket.destroy();
      reply.hijack();
    }
    done();
  });
}
