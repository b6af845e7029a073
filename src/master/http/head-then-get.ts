import type { FastifyReply, FastifyRequest } from 'fastify';

/** What a HEAD was answered is kept for the GET behind it for so long, and for so many questions. */
const KEPT_MS = 60_000;
const MOST_KEPT = 1000;

type MakesText = (request: FastifyRequest) => Promise<string>;

/**
 * A text that is made for whoever asks, and leaves something behind. Under UEFI HTTP boot GRUB asks for each file twice, first by HEAD for its length:
 * that counts as the question, and the GET behind it gets the text that was measured.
 */
export function headThenGet(
  answer: MakesText,
  nowMs: () => number = Date.now,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  const kept = new Map<string, { text: string; atMs: number }>();
  const take = (key: string): string | undefined => {
    const found = kept.get(key);
    kept.delete(key);
    return found !== undefined && nowMs() - found.atMs < KEPT_MS ? found.text : undefined;
  };
  return async (request, reply) => {
    const key = `${request.ip} ${request.url}`;
    const isHead = request.method === 'HEAD';
    const text = (isHead ? undefined : take(key)) ?? (await answer(request));
    if (isHead) {
      kept.set(key, { text, atMs: nowMs() });
      const [oldest] = kept.size > MOST_KEPT ? kept.keys() : [];
      if (oldest !== undefined) kept.delete(oldest);
    }
    return reply.type('text/plain').header('cache-control', 'no-store').send(text);
  };
}
