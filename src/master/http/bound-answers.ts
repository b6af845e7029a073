import type { FastifyInstance } from 'fastify';

/** An answer of this size is on its way before anybody else is asked to wait for it. */
const SMALL_BYTES = 64 * 1024;
/** As in answer-errors.ts, but a page asks again sooner. */
const RETRY_AFTER_SECONDS = 5;

const BUSY = JSON.stringify({ code: 'busy', message: 'too many large answers are under way to slow readers', hint: 'Ask again.' });

/**
 * Bounds what is held in memory for who reads slowly: a record has up to 4 MiB, and each request makes a text of its own. Files are read
 * slice by slice, and bytes that all readers share are held once: neither counts.
 */
export function boundAnswers(app: FastifyInstance, mostBytes: number): void {
  let heldBytes = 0;
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (typeof payload !== 'string' || payload.length <= SMALL_BYTES) return done(null, payload);
    const sizeBytes = payload.length;
    if (heldBytes + sizeBytes > mostBytes) {
      void reply
        .code(503)
        .type('application/json; charset=utf-8')
        .header('retry-after', RETRY_AFTER_SECONDS)
        .header('content-length', Buffer.byteLength(BUSY));
      return done(null, BUSY);
    }
    heldBytes += sizeBytes;
    reply.raw.once('close', () => {
      heldBytes -= sizeBytes;
    });
    done(null, payload);
  });
}
